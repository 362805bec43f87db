package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WsOriginsTest {
    private static final WsOrigins LISTED = WsOrigins.sameAnd("https://friend.example", "http://Friend.example:81");

    @RegisterExtension
    final WsRig rig = new WsRig();

    @ParameterizedTest
    @CsvSource({
        "http://localhost:7681, localhost:7681",
        "http://LocalHost:7681, localhost:7681",
        "http://localhost, localhost",
        "http://localhost:80, localhost",
        "https://localhost, localhost:443",
        "https://localhost, localhost",
        "https://[::1]:7681, [::1]:7681",
        "https://friend.example, localhost",
        "HTTP://friend.example:81, localhost"
    })
    void permits(String origin, String authority) {
        assertTrue(LISTED.permits(List.of(origin), authority));
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example, localhost",
        "http://localhost:7682, localhost:7681",
        "http://localhost, localhost:7681",
        "http://localhost.evil.example, localhost",
        "http://localhost@evil.example, localhost",
        "http://evil.example/localhost, localhost",
        "http://friend.example, localhost",
        "https://friend.example:81, localhost",
        "null, localhost",
        "localhost, localhost",
        "'http://a b', localhost",
        "'', localhost",
        "http://localhost, ''"
    })
    void refuses(String origin, String authority) {
        assertFalse(LISTED.permits(List.of(origin), authority));
    }

    @Test
    void concernsBrowsersOnly() {
        assertTrue(LISTED.permits(List.of(), "localhost"));
    }

    @Test
    void refusesTwoOrigins() {
        assertFalse(LISTED.permits(List.of("http://localhost", "http://localhost"), "localhost"));
    }

    @Test
    void permitsAnyWhereThatIsMeant() {
        assertTrue(WsOrigins.any().permits(List.of("null"), "localhost"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"friend.example", "https://friend.example/", "https://friend.example/x", "https://"})
    void refusesToListWhatIsNoOrigin(String origin) {
        assertThrows(IllegalArgumentException.class, () -> WsOrigins.sameAnd(origin));
    }

    @Test
    void answersForbidden() {
        rig.connect();
        String head = rig.ask(WsRig.upgrade("/", "Origin: https://evil.example"));
        assertTrue(head.startsWith("HTTP/1.1 403 "), head);
    }

    @Test
    void answersAPageOfItsOwn() {
        rig.connect();
        String head = rig.ask(WsRig.upgrade("/", "Origin: http://localhost"));
        assertTrue(head.startsWith("HTTP/1.1 101 "), head);
    }
}
