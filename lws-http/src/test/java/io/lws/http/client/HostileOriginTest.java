package io.lws.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.http.client.ClientRig.Recorder;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What origins can do to a client, through the whole of it: as many that it must take as such that it must not, each
 * whole and octet by octet, each followed by an exchange that must succeed.
 */
class HostileOriginTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

    private final ClientRig rig = new ClientRig(builder -> builder.limits(HttpClientLimits.builder()
            .headerBytes(2000)
            .headerCount(20)
            .maxInterim(3)
            .build()));

    @AfterEach
    void close() {
        rig.close();
    }

    /** Ends in {@code fin} when the connection is to be ended behind it. */
    static Stream<Arguments> rows() {
        return Stream.of(
                row("closed 200", OK + "Content-Length: 0\r\n\r\n"),
                row("closed 200", OK + "Content-Length: 00\r\n\r\n"),
                row("closed 200", OK + "\r\nuntil the end{fin}"),
                row("closed 200", "HTTP/1.0 200 OK\r\n\r\nuntil the end{fin}"),
                row("closed 200", CHUNKED + "0\r\n\r\n"),
                row("closed 200", CHUNKED + "5;a=b;c=\"d\"\r\nhello\r\n000\r\nX: y\r\n\r\n"),
                row("closed 200", CHUNKED + "A\r\n0123456789\r\n0\r\n\r\n"),
                row("closed 200", "HTTP/1.1 103 x\r\n\r\n".repeat(3) + OK + "Content-Length: 0\r\n\r\n"),
                row("closed 200", "HTTP/1.1 100 x\r\n\r\n" + OK + "Content-Length: 0\r\n\r\n"),
                row("closed 204", "HTTP/1.1 204 x\r\nContent-Length: 10\r\n\r\n"),
                row("closed 304", "HTTP/1.1 304 x\r\nTransfer-Encoding: chunked\r\n\r\n"),
                row("closed 500", "HTTP/1.1 500\r\nContent-Length: 0\r\n\r\n"),
                row("closed 999", "HTTP/1.1 999 \r\nContent-Length: 0\r\n\r\n"),
                row("closed 302", "HTTP/1.1 302 x\r\nLocation: /a\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"),
                row("closed 401", "HTTP/1.1 401 x\r\nContent-Length: 0\r\n\r\n"),
                row("closed 200", OK + "X: " + "y".repeat(1800) + "\r\nContent-Length: 0\r\n\r\n"),
                row("closed 200", OK + "X: y\r\n".repeat(19) + "Content-Length: 0\r\n\r\n"),
                row("closed 200", OK + "Set-Cookie: \u0080\u00ff\r\nContent-Length: 0\r\n\r\n"),
                row("closed 200", OK + "Connection: close\r\nContent-Length: 3\r\n\r\nabc"),
                row("closed 200", OK + "Content-Encoding: x\r\nContent-Length: 3\r\n\r\nabc"),
                // what must not be taken
                row("closed BAD_RESPONSE", "SSH-2.0-x\r\n\r\n"),
                row("closed BAD_RESPONSE", "\u0015\u0003\u0003\u0000\u0002\u0002\u0028"),
                row("closed BAD_RESPONSE", "HTTP/1.1 200 OK\nContent-Length: 0\n\n"),
                row("closed BAD_RESPONSE", OK + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc"),
                row("closed BAD_RESPONSE", OK + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                row("closed BAD_RESPONSE", OK + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
                row("closed BAD_RESPONSE", OK + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n"),
                row("closed BAD_RESPONSE", OK + "Content-Length: +3\r\n\r\nabc"),
                row("closed BAD_RESPONSE", OK + "Content-Length: 3 4\r\n\r\nabc"),
                row("closed BAD_RESPONSE", OK + "X: a\r\n folded\r\nContent-Length: 0\r\n\r\n"),
                row("closed BAD_RESPONSE", OK + "X\u0000: a\r\nContent-Length: 0\r\n\r\n"),
                row("closed BAD_RESPONSE", CHUNKED + "1 \r\na\r\n0\r\n\r\n"),
                row("closed BAD_RESPONSE", CHUNKED + "0x1\r\na\r\n0\r\n\r\n"),
                row("closed BAD_RESPONSE", CHUNKED + "10000000000000000\r\n"),
                row("closed BAD_RESPONSE", CHUNKED + "1;" + "x".repeat(20_000)),
                row("closed TOO_LARGE", CHUNKED + "0\r\n" + "X: y\r\n".repeat(1000)),
                row("closed TOO_LARGE", OK + "X: " + "y".repeat(5000)),
                row("closed TOO_LARGE", OK + "X: y\r\n".repeat(30) + "\r\n"),
                row("closed TOO_LARGE", "HTTP/1.1 200 " + "x".repeat(5000)),
                row("closed BAD_RESPONSE", "HTTP/1.1 103 x\r\n\r\n".repeat(100)),
                row("closed BAD_RESPONSE", "HTTP/1.0 100 x\r\n\r\n"),
                row("closed BAD_RESPONSE", "HTTP/1.1 101 x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"),
                row("closed CONNECTION_LOST", "{fin}"),
                row("closed CONNECTION_LOST", OK + "Content-Le{fin}"),
                row("closed CONNECTION_LOST", OK + "Content-Length: 10\r\n\r\nabc{fin}"),
                row("closed CONNECTION_LOST", CHUNKED + "3\r\nabc\r\n{fin}"),
                row("closed CONNECTION_LOST", CHUNKED + "0\r\n{fin}"),
                row("closed TIMEOUT", OK + "X: y\r\n"),
                row("closed TIMEOUT", OK + "Content-Length: 10\r\n\r\nabc"),
                row("closed TIMEOUT", CHUNKED + "3\r\nab"));
    }

    private static Arguments row(String outcome, String response) {
        return Arguments.of(outcome, response);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void endsAsTheTableSays(String outcome, String response) {
        assertEquals(outcome, outcomeOf(response, response.length()), "whole");
        if (response.length() < 3000) {
            assertEquals(outcome, outcomeOf(response, 1), "octet by octet");
        }
        Recorder after = rig.get("http://b.example/");
        rig.answer(OK + "Content-Length: 2\r\n\r\nok");
        assertEquals(List.of("response 200", "complete 'ok'", "closed 200"), after.events);
    }

    private String outcomeOf(String response, int step) {
        Recorder heard = rig.get("http://a.example/");
        String wire = response.replace("{fin}", "");
        for (int at = 0; at < wire.length(); at += step) {
            rig.origin().send(wire.substring(at, Math.min(wire.length(), at + step)));
            rig.settle();
        }
        if (response.endsWith("{fin}")) {
            rig.origin().fin();
            rig.settle();
        }
        for (int i = 0; i < 4 && heard.events.stream().noneMatch(each -> each.startsWith("closed")); i++) {
            rig.advance(Duration.ofSeconds(31));
        }
        return heard.events.get(heard.events.size() - 1);
    }
}
