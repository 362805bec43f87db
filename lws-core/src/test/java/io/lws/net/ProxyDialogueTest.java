package io.lws.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.lws.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyDialogueTest {
    private static final Proxy HTTP = Proxy.of("http://proxy:8080");
    private static final Proxy SOCKS = Proxy.of("socks5://proxy");
    private static final Proxy SOCKS_USER = Proxy.of("socks5://me:secret@proxy");
    /** A request for host {@code h}, port 80. */
    private static final String REQUEST = "05010003 01 68 0050";

    static Stream<Arguments> through() {
        return Stream.of(
                arguments("CONNECT", HTTP, ascii("HTTP/1.1 200 Connection established\r\n\r\n"), ""),
                arguments("CONNECT with fields, 1.0", HTTP, ascii("HTTP/1.0 200 OK\r\nVia: x\r\n\r\n"), ""),
                arguments("SOCKS, IPv4", SOCKS, hex("0500 05000001 7f000001 1f90"), REQUEST),
                arguments("SOCKS, IPv6", SOCKS, hex("0500 05000004 00000000000000000000000000000001 1f90"), REQUEST),
                arguments("SOCKS, name", SOCKS, hex("0500 05000003 02 6162 1f90"), REQUEST),
                arguments("SOCKS, user not wanted", SOCKS_USER, hex("0500 05000001 00000000 0000"), REQUEST),
                arguments(
                        "SOCKS, user",
                        SOCKS_USER,
                        hex("0502 0100 05000001 00000000 0000"),
                        "01 02 6d65 06 736563726574" + REQUEST));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("through")
    void comesThroughHoweverAnswersArrive(String name, Proxy proxy, byte[] wire, String said) {
        for (int step = 1; step <= wire.length; step++) {
            ByteArrayOutputStream words = new ByteArrayOutputStream();
            ByteBuffer in = ByteBuffer.allocate(wire.length + 1)
                    .put(wire)
                    .put((byte) '!')
                    .flip();
            ProxyDialogue dialogue = ProxyDialogue.of(proxy, "h", 80);
            boolean through = false;
            for (int end = Math.min(step, wire.length + 1); !through; end = Math.min(end + step, wire.length + 1)) {
                in.limit(end);
                byte[] next = dialogue.answer(in);
                while (next != null && next.length > 0) {
                    words.writeBytes(next);
                    next = dialogue.answer(in);
                }
                through = next == null;
            }
            in.limit(wire.length + 1);
            assertEquals('!', in.get(), "what the host says is left");
            assertEquals(said.replace(" ", ""), HexFormat.of().formatHex(words.toByteArray()), "in steps of " + step);
        }
    }

    @Test
    void greets() {
        assertEquals(
                "CONNECT h:80 HTTP/1.1\r\nHost: h:80\r\n\r\n",
                new String(ProxyDialogue.of(HTTP, "h", 80).greeting(), StandardCharsets.US_ASCII));
        assertEquals(
                "CONNECT [::1]:80 HTTP/1.1\r\nHost: [::1]:80\r\nProxy-Authorization: Basic bWU6c2VjcmV0\r\n\r\n",
                new String(
                        ProxyDialogue.of(Proxy.of("http://me:secret@p"), "::1", 80)
                                .greeting(),
                        StandardCharsets.US_ASCII));
        assertEquals(
                "050100",
                HexFormat.of().formatHex(ProxyDialogue.of(SOCKS, "h", 80).greeting()));
        assertEquals(
                "05020002",
                HexFormat.of().formatHex(ProxyDialogue.of(SOCKS_USER, "h", 80).greeting()));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 407 Proxy Authentication Required, 407",
        "HTTP/1.1 403 no, 403",
        "HTTP/1.1 502 no, 502",
        "HTTP/1.1 101 no, 101",
        "HTTP/1.1 20x, 502",
        "HTTP/2.0 200 OK, 502",
        "SSH-2.0-OpenSSH, 502"
    })
    void takesANoOverHttp(String line, int code) {
        ByteBuffer in = ByteBuffer.wrap(ascii(line + "\r\n\r\n"));
        assertEquals(
                code,
                assertThrows(
                                ProtocolException.class,
                                () -> ProxyDialogue.of(HTTP, "h", 80).answer(in))
                        .code());
    }

    @Test
    void waitsNotForAnEndlessAnswer() {
        ByteBuffer in = ByteBuffer.wrap(ascii("HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(4000)));
        assertThrows(
                ProtocolException.class, () -> ProxyDialogue.of(HTTP, "h", 80).answer(in));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0400",
                "05ff",
                "0502", // it wants a user, we have none
                "0501",
                "0500 0501 0001 000000000000",
                "0500 0505 0001 000000000000",
                "0500 05ff 0001 000000000000",
                "0500 0400 0001 000000000000",
                "0500 0500 0002 000000000000"
            })
    void takesANoOverSocks(String wire) {
        ByteBuffer in = ByteBuffer.wrap(hex(wire));
        ProxyDialogue dialogue = ProxyDialogue.of(SOCKS, "h", 80);
        assertEquals(
                502,
                assertThrows(ProtocolException.class, () -> {
                            while (in.hasRemaining()) {
                                dialogue.answer(in);
                            }
                        })
                        .code());
    }

    @Test
    void takesWrongCredentialsForANo() {
        ByteBuffer in = ByteBuffer.wrap(hex("0502 0101"));
        ProxyDialogue dialogue = ProxyDialogue.of(SOCKS_USER, "h", 80);
        dialogue.answer(in);
        assertThrows(ProtocolException.class, () -> dialogue.answer(in));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://p", "p:80", "socks4://p", "http:///", "socks5://:x@p", "http://a%0db@p"})
    void refusesProxiesItCannotUse(String uri) {
        assertThrows(IllegalArgumentException.class, () -> Proxy.of(uri));
    }

    @Test
    void hidesThePassword() {
        assertEquals("socks5://proxy:1080", SOCKS_USER.toString());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hex(String spaced) {
        return HexFormat.of().parseHex(spaced.replace(" ", ""));
    }
}
