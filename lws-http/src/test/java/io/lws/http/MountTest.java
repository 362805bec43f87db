package io.lws.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MountTest {
    private final MountTable table = new MountTable(List.of(
            Mount.files("/", Path.of("site")),
            Mount.callback("/dyn/", "d"),
            Mount.callback("/dyn/deep", "deep"),
            Mount.callback("/only", "only").exactMatch(),
            Mount.redirect("/old", "/new")));

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/x, /",
        "/dyn, /dyn",
        "/dyn/, /dyn",
        "/dyn/x, /dyn",
        "/dynamo, /",
        "/dyn/deep, /dyn/deep",
        "/dyn/deeper, /dyn",
        "/dyn/deep/er, /dyn/deep",
        "/only, /only",
        "/only/, /",
        "/only/x, /",
        "/old/x, /old",
        "/DYN, /"
    })
    void choosesLongestMountpointOnSegmentBorders(String path, String mountpoint) {
        Mount found = table.find(path);
        assertEquals(mountpoint, found == null ? null : found.mountpoint());
    }

    @Test
    void findsNothingOutsideAllMounts() {
        assertNull(new MountTable(List.of(Mount.callback("/a", "p"))).find("/b"));
    }

    @Test
    void prefersExactMountAtTheSamePlace() {
        MountTable both = new MountTable(List.of(
                Mount.callback("/a", "tree"), Mount.callback("/a", "one").exactMatch()));
        assertEquals("one", both.find("/a").target());
        assertEquals("tree", both.find("/a/b").target());
    }

    @Test
    void refusesTwoMountsAtOnePlace() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new MountTable(List.of(Mount.callback("/a", "p"), Mount.callback("/a/", "q"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "//", "/a//b", "/a/../b", "/.", "/a\\b"})
    void refusesMountpointThatNoPathCanHave(String mountpoint) {
        assertThrows(IllegalArgumentException.class, () -> Mount.callback(mountpoint, "p"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example/",
                "javascript:x",
                "new",
                "",
                "/a\r\nSet-Cookie: b",
                "ftp://a/",
                "https://",
                "http:///a"
            })
    void refusesRedirectElsewhere(String location) {
        assertThrows(IllegalArgumentException.class, () -> Mount.redirect("/old", location));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://",
                "http:///a",
                "http://:80/",
                "http://a:99999/",
                "http://a:x/",
                "http://a b/",
                "http://a/%",
                "ftp://a/",
                "http://a/?b",
                "http://a/#b",
                "https://a\\b/",
                "unix:a",
                "http://[::1/",
                "http://a/b c"
            })
    void refusesOriginThatNobodyCanAsk(String origin) {
        assertThrows(IllegalArgumentException.class, () -> Mount.proxy("/", origin));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a", "http://a:80/b", "https://[::1]:8443/", "http://u:p@a/", "unix:/run/a:/b"})
    void takesOriginAsPeopleWriteIt(String origin) {
        assertEquals(origin, Mount.proxy("/", origin).target());
    }

    @ParameterizedTest
    @CsvSource({
        "/old, /new, /old, /new",
        "/old, /new, /old/, /new/",
        "/old, /new, /old/a?b=c, /new/a?b=c",
        "/old, /new/, /old/a, /new/a",
        "/old, /new?x, /old?y, /new?x&y",
        "/, http://b.example, /a%20b/%C3%A4, http://b.example/a%20b/%C3%A4",
        "/, /, ///evil.example/, /evil.example/",
        "/, https://b.example/c, /, https://b.example/c/"
    })
    void redirectsTheRestOfThePath(String mountpoint, String to, String request, String location) {
        RequestTarget target = RequestTarget.parse(HttpMethod.GET, request);
        assertEquals(location, Mount.redirect(mountpoint, to).location(target));
    }

    @ParameterizedTest
    @CsvSource({
        "/old, /new, /old, /new",
        "/old, /new, /old/a?b=c, /new?b=c",
        "/, http://b.example, /a/b, http://b.example",
        "/, https://b.example/c/, /a, https://b.example/c/"
    })
    void redirectsToThePlaceItselfWhereToldSo(String mountpoint, String to, String request, String location) {
        RequestTarget target = RequestTarget.parse(HttpMethod.GET, request);
        assertEquals(location, Mount.redirect(mountpoint, to).withoutRest().location(target));
    }

    @Test
    void isAValue() {
        Mount plain = Mount.files("/", Path.of("site"));
        Mount changed = plain.index("start.htm").mimeType(".x", "text/x").cacheMaxAge(Duration.ofHours(1));
        assertEquals("index.html", plain.index());
        assertEquals("no-cache", plain.cacheControl());
        assertEquals("start.htm", changed.index());
        assertEquals("max-age=3600", changed.cacheControl());
        assertEquals("text/x", changed.mimeTypes().ofFileName("a.x"));
        assertEquals(Path.of("site"), changed.origin());
        assertThrows(IllegalArgumentException.class, () -> plain.index("../x"));
        assertThrows(IllegalStateException.class, () -> Mount.callback("/", "p").origin());
    }
}
