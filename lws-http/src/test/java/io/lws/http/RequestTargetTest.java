package io.lws.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
    @ParameterizedTest
    @CsvSource({
        "/, /",
        "//, /",
        "///a//b///, /a/b/",
        "/a/./b, /a/b",
        "/a/., /a/",
        "/a/.., /",
        "/a/../, /",
        "/a/b/../c, /a/c",
        "/a/b/../../c, /c",
        "/%61, /a",
        "/a%2e, /a.",
        "/a/%2e/b, /a/b",
        "/a/%2E%2e/b, /b",
        "/a/.%2e/b, /b",
        "/a/..b, /a/..b",
        "/a/b.., /a/b..",
        "/a/..., /a/...",
        "/..;/a, /..;/a",
        "/%252e%252e/a, /%2e%2e/a",
        "/a+b, /a+b",
        "/a%20b, /a b",
        "/%C3%A4, /\u00e4",
        "/%e2%82%ac, /\u20ac",
        "/%f0%9f%98%80, /\ud83d\ude00",
        "/.hidden, /.hidden",
        "/a?b, /a",
        "/a?/../.., /a",
        "/a%3fb, /a?b",
        "/a%23b, /a#b",
        "/a:b@c, /a:b@c"
    })
    void normalisesPath(String raw, String path) {
        assertEquals(path, RequestTarget.parse(HttpMethod.GET, raw).path());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/../",
                "/../a",
                "/a/../..",
                "/a/../../b",
                "/./..",
                "//..",
                "/%2e%2e/a",
                "/.%2E/a",
                "/a/%2e%2e/%2e%2e/",
                "/a%2fb",
                "/%2Fetc/passwd",
                "/..%2f..%2fetc/passwd",
                "/a%5cb",
                "/..%5c..%5cx",
                "/a\\b",
                "/\\..\\x",
                "/%00",
                "/a%00.html",
                "/%0a",
                "/%0d%0aX:y",
                "/%7f",
                "/%1b",
                "/%",
                "/%2",
                "/%g0",
                "/%0g",
                "/%-1",
                "/%c0%ae%c0%ae/a",
                "/%c0%af",
                "/%e0%80%af",
                "/%f0%80%80%af",
                "/%ed%a0%80",
                "/%f4%90%80%80",
                "/%ff",
                "/%c3",
                "/%e2%82",
                "/%80",
                "/%u002e"
            })
    void refusesPathThatCouldBeMisread(String raw) {
        ProtocolException refusal =
                assertThrows(ProtocolException.class, () -> RequestTarget.parse(HttpMethod.GET, raw));
        assertEquals(400, refusal.code());
    }

    @Test
    void keepsWhatWasSent() {
        RequestTarget target = RequestTarget.parse(HttpMethod.GET, "/a/%2e?b=%2e?c");
        assertEquals(RequestTarget.Form.ORIGIN, target.form());
        assertEquals("/a/%2e?b=%2e?c", target.raw());
        assertEquals("b=%2e?c", target.query());
        assertEquals(".?c", target.queryParams().get("b"));
        assertNull(target.authority());
        assertNull(RequestTarget.parse(HttpMethod.GET, "/").query());
        assertEquals("", RequestTarget.parse(HttpMethod.GET, "/?").query());
        assertEquals(0, RequestTarget.parse(HttpMethod.GET, "/").queryParams().size());
    }

    @Test
    void takesAbsoluteFormApart() {
        RequestTarget target = RequestTarget.parse(HttpMethod.GET, "http://a.example:80/b/../c?d");
        assertEquals(RequestTarget.Form.ABSOLUTE, target.form());
        assertEquals("a.example:80", target.authority());
        assertEquals("/c", target.path());
        assertEquals("d", target.query());
    }

    @Test
    void decodesFormAsBrowsersEncodeIt() {
        QueryParams params = QueryParams.parse("a=1&b=%C3%A4+%2B&a=2&&c&=d&e=f=g&h=100%&i=%zz&j=%ff");
        assertEquals(9, params.size());
        assertEquals("1", params.get("a"));
        assertEquals(java.util.List.of("1", "2"), params.all("a"));
        assertEquals("\u00e4 +", params.get("b"));
        assertEquals("", params.get("c"));
        assertEquals("d", params.get(""));
        assertEquals("f=g", params.get("e"));
        assertEquals("100%", params.get("h"));
        assertEquals("%zz", params.get("i"));
        assertEquals("\ufffd", params.get("j"));
        assertNull(params.get("x"));
    }

    @Test
    void boundsNumberOfParameters() {
        assertEquals(1000, QueryParams.parse("a&".repeat(1000)).size());
        ProtocolException refusal = assertThrows(ProtocolException.class, () -> QueryParams.parse("a&".repeat(1001)));
        assertEquals(413, refusal.code());
    }
}
