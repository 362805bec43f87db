package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.ProtocolException;
import io.lws.http.Headers;
import io.lws.http.HttpResponse;
import io.lws.http.client.UpgradeAnswers;
import io.lws.http.spi.WebSocketKey;
import io.lws.testing.SplitFeeder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WsClientHandshakeTest {
    /** Key and accept of RFC 6455 1.3. */
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final String ACCEPT = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";
    private static final String SWITCH =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";

    private static final WsClientRequest REQUEST = new WsClientRequest(
            WsUri.of("ws://example.com:8080/chat?a=b"),
            new WebSocketKey(KEY),
            List.of("chat", "superchat"),
            List.of(new DeflateExtension(WsDeflate.defaults())),
            Headers.of("X-Own", "1"));

    @ParameterizedTest
    @CsvSource({
        "ws://example.com, false, example.com, 80, /, example.com",
        "wss://example.com, true, example.com, 443, /, example.com",
        "WS://example.com:81/a%20b?c=d, false, example.com, 81, /a%20b?c=d, example.com:81",
        "https://example.com:443/, true, example.com, 443, /, example.com",
        "http://[::1]:7681/x, false, ::1, 7681, /x, [::1]:7681",
        "ws://user:pw@127.0.0.1?q, false, 127.0.0.1, 80, /?q, 127.0.0.1"
    })
    void takesUrisApart(String text, boolean secure, String host, int port, String path, String authority) {
        WsUri uri = WsUri.of(text);
        assertEquals(
                List.of(secure, host, port, path, authority),
                List.of(uri.secure(), uri.host(), uri.port(), uri.pathAndQuery(), uri.authority()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "ftp://example.com",
                "ws:///path",
                "ws://a b",
                "ws://example.com/#here",
                "ws://example.com:65536",
                ""
            })
    void refusesOtherUris(String text) {
        assertThrows(IllegalArgumentException.class, () -> WsUri.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "ws://a/x/y, z, ws://a/x/z",
        "ws://a/x/y, /z?q, ws://a/z?q",
        "ws://a:81/, ws://b/c, ws://b/c",
        "ws://a/, https://b/, wss://b/",
        "wss://a:444/x, /y, wss://a:444/y"
    })
    void followsRedirects(String from, String location, String to) {
        WsUri expected = WsUri.of(to);
        WsUri uri = WsUri.of(from).redirected(location);
        assertTrue(uri.isSameHost(expected));
        assertEquals(expected.pathAndQuery(), uri.pathAndQuery());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws://a/", "http://a/", "ftp://a/", "//", "mailto:x"})
    void followsNoRedirectToWorse(String location) {
        assertThrows(IllegalArgumentException.class, () -> WsUri.of("wss://a/").redirected(location));
    }

    @Test
    void asks() {
        assertEquals(
                "GET /chat?a=b HTTP/1.1\r\nHost: example.com:8080\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: " + KEY + "\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Protocol: chat, superchat\r\n"
                        + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
                        + "x-own: 1\r\n\r\n",
                new String(REQUEST.head(), StandardCharsets.ISO_8859_1));
    }

    @Test
    void readsAnswersHoweverTheyArrive() {
        String wire = SWITCH + ACCEPT + "Sec-WebSocket-Protocol: chat\r\n\r\n";
        SplitFeeder.assertEvents(
                () -> {
                    UpgradeAnswers answers = new UpgradeAnswers();
                    return (in, events) -> {
                        HttpResponse head = answers.read(in);
                        if (head != null) {
                            events.add(head.status() + " " + head.headers("upgrade") + " "
                                    + REQUEST.check(head).subprotocol());
                        }
                    };
                },
                wire.getBytes(StandardCharsets.ISO_8859_1),
                List.of("101 [websocket] chat"));
    }

    @Test
    void leavesWhatFollowsTheHead() {
        ByteBuffer in = ByteBuffer.wrap((SWITCH + "\r\nmore").getBytes(StandardCharsets.ISO_8859_1));
        assertNotNull(new UpgradeAnswers().read(in));
        assertEquals(4, in.remaining());
    }

    @Test
    void passesOverSomeInterimAnswers() {
        String interim = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
        ByteBuffer few = ByteBuffer.wrap((interim.repeat(8) + SWITCH + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        HttpResponse answer = new UpgradeAnswers().read(few);
        assertNotNull(answer);
        assertEquals(101, answer.status());
        ByteBuffer many = ByteBuffer.wrap(interim.repeat(9).getBytes(StandardCharsets.ISO_8859_1));
        assertThrows(ProtocolException.class, () -> new UpgradeAnswers().read(many));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 101 x\r\n\r\n",
                "HTTP/2 101\r\n\r\n",
                "HTTP/1.1 10\r\n\r\n",
                "HTTP/1.1 1a1 x\r\n\r\n",
                "HTTP/1.1 1012\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/1.1 101 x\r\nno colon\r\n\r\n",
                "HTTP/1.1 101 x\r\n: empty name\r\n\r\n",
                "HTTP/1.1 101 x\r\na b: c\r\n\r\n",
                "HTTP/1.1 101 x\r\na: b\r\n folded\r\n\r\n",
                "HTTP/1.1 101 x\r\na: b\rc\r\n\r\n",
                "HTTP/1.1 101 x\r\na: b\u0000c\r\n\r\n"
            })
    void refusesWhatIsNotHttp(String wire) {
        ByteBuffer in = ByteBuffer.wrap(wire.getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(
                502,
                assertThrows(ProtocolException.class, () -> new UpgradeAnswers().read(in))
                        .code());
    }

    @Test
    void refusesAnEndlessAnswer() {
        byte[] wire = ("HTTP/1.1 101 x\r\n" + "a: b\r\n".repeat(30_000)).getBytes(StandardCharsets.ISO_8859_1);
        assertNull(new UpgradeAnswers().read(ByteBuffer.wrap(wire, 0, 4000)));
        assertThrows(ProtocolException.class, () -> new UpgradeAnswers().read(ByteBuffer.wrap(wire)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: websocket\r\nConnection: Upgrade\r\n",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n",
                "Upgrade: websocket\r\nConnection: Upgrade\r\n" + ACCEPT + ACCEPT,
                "Upgrade: h2c\r\nConnection: Upgrade\r\n" + ACCEPT,
                "Upgrade: websocket, h2c\r\nConnection: Upgrade\r\n" + ACCEPT,
                "Upgrade: websocket\r\nConnection: close\r\n" + ACCEPT,
                "Connection: Upgrade\r\n" + ACCEPT,
                "Upgrade: websocket\r\n" + ACCEPT,
                "Upgrade: websocket\r\nConnection: Upgrade\r\n" + ACCEPT + "Sec-WebSocket-Protocol: other\r\n",
                "Upgrade: websocket\r\nConnection: Upgrade\r\n" + ACCEPT
                        + "Sec-WebSocket-Protocol: chat, superchat\r\n",
                "Upgrade: websocket\r\nConnection: Upgrade\r\n" + ACCEPT
                        + "Sec-WebSocket-Protocol: chat\r\nSec-WebSocket-Protocol: superchat\r\n"
            })
    void refusesAFalseYes(String fields) {
        assertEquals(502, refusal("HTTP/1.1 101 x\r\n" + fields + "\r\n"));
    }

    @Test
    void refusesExtensionsThatWereNotOffered() {
        assertEquals(1010, refusal(SWITCH + ACCEPT + "Sec-WebSocket-Extensions: x-other\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 403, 404, 426, 500, 503})
    void tellsTheStatusOfANo(int status) {
        assertEquals(status, refusal("HTTP/1.1 " + status + " x\r\n\r\n"));
    }

    private static int refusal(String wire) {
        HttpResponse head = new UpgradeAnswers().read(ByteBuffer.wrap(wire.getBytes(StandardCharsets.ISO_8859_1)));
        assertNotNull(head);
        return assertThrows(ProtocolException.class, () -> REQUEST.check(head)).code();
    }
}
