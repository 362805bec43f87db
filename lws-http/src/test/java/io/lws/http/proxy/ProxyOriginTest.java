package io.lws.http.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Vhost;
import io.lws.http.HttpMethod;
import io.lws.http.Mount;
import io.lws.http.RequestTarget;
import io.lws.http.client.HttpTimeouts;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyOriginTest {
    private static ProxyOrigin origin(String mountpoint, String origin) {
        return ProxyOrigin.of(Mount.proxy(mountpoint, origin));
    }

    @ParameterizedTest
    @CsvSource({
        "/, http://o, /, /",
        "/, http://o, /a/b?c, /a/b?c",
        "/api, http://o, /api, /",
        "/api, http://o, /api?x, /?x",
        "/api, http://o, /api/a%20b;c=d, /a%20b;c=d",
        "/api, http://o/base, /api/x, /base/x",
        "/api, http://o/base/, /api/x/, /base/x/",
        "/api, http://o/base/, /api, /base",
        "/, unix:/run/s, /x, /x",
        "/u, unix:/run/s:/base, /u/x, /base/x",
        "/, http://o, /a/../b, /b",
        "/, http://o, /a/%2e%2e/b, /b",
        "/, http://o, http://here/x?y, /x?y",
        "/api, http://o/b, /api/..;/x, /b/..%3B/x",
        "/api, http://o/b, /api/%2e%2e;a=b/x, /b/..%3Ba=b/x",
        "/api, http://o/b, /api/.;/x, /b/.%3B/x",
        "/api, http://o/b, /api/%2e%2e%3b/x, /b/..%3B/x",
        "/api, http://o/b, /api/x..;/y, /b/x..;/y",
    })
    void translatesPaths(String mountpoint, String to, String target, String asked) {
        assertEquals(asked, origin(mountpoint, to).pathAndQuery(RequestTarget.parse(HttpMethod.GET, target)));
    }

    @ParameterizedTest
    @CsvSource({
        "/, http://o, http://o/x?y, /x?y",
        "/, http://o, http://o, /",
        "/, http://o, /x, /x",
        "/api, http://o, http://o/x, /api/x",
        "/api, http://o, HTTP://O/x, /api/x",
        "/api, http://o, /x, /api/x",
        "/api, http://o/base, /base/x, /api/x",
        "/api, http://o/base, http://o/base, /api/",
        "/api, http://o/base, /other, /other",
        "/api, http://o/base, /basement, /basement",
        "/api, http://o, http://other/x, http://other/x",
        "/api, http://o, http://o.example/x, http://o.example/x",
        "/api, http://o, http://o:81/x, http://o:81/x",
        "/api, http://o, //o/x, //o/x",
        "/api, http://o, x, x",
        "/, http://o/base, /base//evil.example/, /evil.example/",
        "/, http://o, http://o//evil.example, http://o//evil.example",
        "/, http://o/base, http://o/base///evil.example, /evil.example",
    })
    void translatesLocations(String mountpoint, String to, String there, String here) {
        assertEquals(here, origin(mountpoint, to).location(there));
    }

    @Test
    void knowsTheSocket() {
        assertEquals(Path.of("/run/s"), origin("/", "unix:/run/s:/b").socket());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://o", "o", "http://o?x", "http://o#f", "unix:run/s", "unix:"})
    void refusesWhatIsNoOrigin(String text) {
        assertThrows(IllegalArgumentException.class, () -> Mount.proxy("/", text));
    }

    @Test
    void setsNoEndToWhatMovesUnlessItsVhostDoes() {
        HttpTimeouts own = HttpTimeouts.builder().total(Duration.ofSeconds(1)).build();
        Vhost timed = Vhost.builder("timed").option(own).build();
        assertEquals(own, ProxyProtocol.timeouts(timed));
        HttpTimeouts usual = ProxyProtocol.timeouts(Vhost.builder("usual").build());
        assertTrue(usual.total().compareTo(Duration.ofDays(30)) > 0);
        assertEquals(HttpTimeouts.DEFAULT.idle(), usual.idle());
    }
}
