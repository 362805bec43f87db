package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.lws.ProtocolException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WsHandshakeTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static Map<String, List<String>> request() {
        Map<String, List<String>> fields = new TreeMap<>();
        fields.put("upgrade", List.of("websocket"));
        fields.put("connection", List.of("Upgrade"));
        fields.put("sec-websocket-version", List.of("13"));
        fields.put("sec-websocket-key", List.of(KEY));
        return fields;
    }

    private static WsHandshake handshake(Map<String, List<String>> fields) {
        return WsHandshake.of("GET", "HTTP/1.1", in(fields));
    }

    private static WsHandshake.Fields in(Map<String, List<String>> fields) {
        return name -> fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    private static int statusOf(Runnable handshake) {
        return assertThrows(ProtocolException.class, handshake::run).code();
    }

    @Test
    void acceptsTheExampleOfTheRfc() {
        WsHandshake handshake = handshake(request());
        assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", handshake.accept());
        assertEquals(List.of(), handshake.subprotocols());
        assertEquals(List.of(), handshake.extensions());
    }

    static Stream<Arguments> legalFields() {
        return Stream.of(
                arguments("upgrade", List.of("WebSocket")),
                arguments("upgrade", List.of("h2c, websocket")),
                arguments("upgrade", List.of("h2c", "websocket")),
                arguments("connection", List.of("keep-alive, upgrade")),
                arguments("connection", List.of("keep-alive", "UPGRADE")),
                arguments("connection", List.of(",Upgrade,")),
                arguments("sec-websocket-key", List.of("AAAAAAAAAAAAAAAAAAAAAA==")),
                arguments("sec-websocket-key", List.of(" " + KEY + " ")),
                arguments("sec-websocket-version", List.of(" 13 ")),
                arguments("sec-websocket-protocol", List.of("chat")),
                arguments("sec-websocket-protocol", List.of("chat , superchat", "v2.chat")),
                arguments("sec-websocket-extensions", List.of("permessage-deflate; client_max_window_bits")),
                arguments("sec-websocket-extensions", List.of("a;b=\"c\"", "d , e;f=1;f=2")));
    }

    @ParameterizedTest
    @MethodSource("legalFields")
    void acceptsField(String name, List<String> values) {
        Map<String, List<String>> fields = request();
        fields.put(name, values);
        assertEquals(28, handshake(fields).accept().length());
    }

    static Stream<Arguments> illegalFields() {
        return Stream.of(
                arguments("upgrade", List.of(), 400),
                arguments("upgrade", List.of("websockets"), 400),
                arguments("connection", List.of(), 400),
                arguments("connection", List.of("keep-alive"), 400),
                arguments("connection", List.of("upgraded"), 400),
                arguments("sec-websocket-version", List.of(), 426),
                arguments("sec-websocket-version", List.of("12"), 426),
                arguments("sec-websocket-version", List.of("13", "13"), 426),
                arguments("sec-websocket-version", List.of("013"), 426),
                arguments("sec-websocket-version", List.of("13, 8"), 426),
                arguments("sec-websocket-key", List.of(), 400),
                arguments("sec-websocket-key", List.of(""), 400),
                arguments("sec-websocket-key", List.of(KEY, KEY), 400),
                arguments("sec-websocket-key", List.of("dGhlIHNhbXBsZSBub25jZQ"), 400),
                arguments("sec-websocket-key", List.of("dGhlIHNhbXBsZSBub25jZ==="), 400),
                arguments("sec-websocket-key", List.of("dGhlIHNhbXBsZSBub25jZQAA"), 400),
                arguments("sec-websocket-key", List.of("dGhl*HNhbXBsZSBub25jZQ=="), 400),
                arguments("sec-websocket-key", List.of("dGhlIHNhbXBsZSBub25jZTEyMzQ1Njc4"), 400),
                arguments("sec-websocket-protocol", List.of(""), 400),
                arguments("sec-websocket-protocol", List.of("chat, chat"), 400),
                arguments("sec-websocket-protocol", List.of("chat", "chat"), 400),
                arguments("sec-websocket-protocol", List.of("chat,,superchat"), 400),
                arguments("sec-websocket-protocol", List.of("chat,"), 400),
                arguments("sec-websocket-protocol", List.of("ch@t"), 400),
                arguments("sec-websocket-protocol", List.of("super chat"), 400),
                arguments("sec-websocket-extensions", List.of("a;"), 400),
                arguments("sec-websocket-extensions", List.of("a;b=\"c"), 400));
    }

    @ParameterizedTest
    @MethodSource("illegalFields")
    void refusesField(String name, List<String> values, int status) {
        Map<String, List<String>> fields = request();
        fields.put(name, values);
        assertEquals(status, statusOf(() -> handshake(fields)));
    }

    @ParameterizedTest
    @CsvSource({"POST,HTTP/1.1", "HEAD,HTTP/1.1", "get,HTTP/1.1", "GET,HTTP/1.0", "GET,HTTP/0.9"})
    void refusesRequestLine(String method, String version) {
        assertEquals(400, statusOf(() -> WsHandshake.of(method, version, in(request()))));
    }

    @Test
    void keepsTheOrderOfOffers() {
        assertEquals(List.of("b", "a", "c"), WsHandshake.subprotocols(List.of("b,a", "c")));
    }

    @Test
    void readsExtensions() {
        assertEquals(
                List.of("x", "permessage-deflate; server_no_context_takeover; client_max_window_bits=10", "y; a=1; a"),
                WsExtensionTerms.parse(List.of(
                                "x, permessage-deflate;server_no_context_takeover ; client_max_window_bits = \"1\\0\"",
                                "y;a=1;a"))
                        .stream()
                        .map(WsExtensionTerms::toString)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "a,",
                ",a",
                "a b",
                ";a",
                "a;",
                "a;b=",
                "a;=b",
                "a;b=\"\"",
                "a;b=\"x y\"",
                "a;b=\"x",
                "a;b=\"x\\",
                "a;b=\"x\"y",
                "a=b",
                "a;b=c d",
                "ä",
                "a;b=c\u0000"
            })
    void refusesExtensions(String value) {
        assertEquals(400, statusOf(() -> WsExtensionTerms.parse(List.of(value))));
    }
}
