package io.lws.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.http.HttpLimits;
import io.lws.http.HttpMethod;
import io.lws.testing.SplitFeeder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class H1ResponseTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final HttpLimits SMALL = HttpLimits.builder()
            .requestLineBytes(40)
            .headerBytes(80)
            .headerCount(3)
            .build();

    static Stream<Arguments> legal() {
        return Stream.of(
                row(OK + "Content-Length: 0\r\n\r\n", "200"),
                row(OK + "Content-Length: 3\r\n\r\nabc", "200", "content abc"),
                row(OK + "\r\n", "200 until-close"),
                row(OK + "\r\nabc", "200 until-close"),
                row("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", "200"),
                row("HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", "200"),
                row("HTTP/1.1 299 a b\tc\u00e4\r\nContent-Length: 0\r\n\r\n", "299"),
                row("HTTP/1.1 999 x\r\nContent-Length: 0\r\n\r\n", "999"),
                row("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na", "200 close", "content a"),
                row("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\na", "200", "content a"),
                row(OK + "Connection: close\r\nContent-Length: 0\r\n\r\n", "200 close"),
                row(OK + "Connection: x, Close\r\nContent-Length: 0\r\n\r\n", "200 close"),
                row("HTTP/1.1 204 x\r\n\r\n", "204"),
                row("HTTP/1.1 204 x\r\nContent-Length: 5\r\n\r\n", "204"),
                row("HTTP/1.1 304 x\r\nContent-Length: 5\r\n\r\n", "304"),
                row("HTTP/1.1 304 x\r\nTransfer-Encoding: chunked\r\n\r\n", "304"),
                row("HTTP/1.1 100 x\r\n\r\n" + OK + "Content-Length: 0\r\n\r\n", "100", "200"),
                row("HTTP/1.1 103 x\r\nLink: y\r\n\r\nHTTP/1.1 204 x\r\n\r\n", "103", "204"),
                row(OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "200", "content "),
                row(OK + "Transfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "200", "content abc"),
                row(
                        OK + "Transfer-Encoding: chunked\r\n\r\n1;x=\"y\"\r\na\r\n0\r\nT: v\r\n\r\n",
                        "200",
                        "content a t=v"),
                row(
                        OK + "Content-Length: 1\r\n\r\na" + OK + "Content-Length: 1\r\n\r\nb",
                        "200",
                        "content a",
                        "200",
                        "content b"));
    }

    static Stream<Arguments> illegal() {
        return Stream.of(
                row("HTTP/1.1 20 OK\r\n\r\n", "error 400"),
                row("HTTP/1.1 2000 OK\r\n\r\n", "error 400"),
                row("HTTP/1.1 099 OK\r\n\r\n", "error 400"),
                row("HTTP/1.1 2x0 OK\r\n\r\n", "error 400"),
                row("HTTP/1.1  200 OK\r\n\r\n", "error 400"),
                row("HTTP/1.1\r\n\r\n", "error 400"),
                row("H\r\n\r\n", "error 400"),
                row("\r\nHTTP/1.1 200 OK\r\n\r\n", "error 400"),
                row("HTTP/2.0 200 OK\r\n\r\n", "error 400"),
                row("http/1.1 200 OK\r\n\r\n", "error 400"),
                row("ICY 200 OK\r\n\r\n", "error 400"),
                row("HTTP/1.1 200 O\u0000K\r\n\r\n", "error 400"),
                row("HTTP/1.1 200 OK\n\n", "error 400"),
                row(OK + "A: b\nC: d\r\n\r\n", "error 400"),
                row(OK + "A : b\r\n\r\n", "error 400"),
                row(OK + ": b\r\n\r\n", "error 400"),
                row(OK + "A: b\r\n c\r\n\r\n", "error 400"),
                row(OK + "A: b\u0000\r\n\r\n", "error 400"),
                row(OK + "Content-Length: -1\r\n\r\n", "error 400"),
                row(OK + "Content-Length: 1, 1\r\n\r\n", "error 400"),
                row(OK + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", "error 400"),
                row(OK + "Content-Length: 9999999999999999999\r\n\r\n", "error 400"),
                row(OK + "Content-Length:\r\n\r\n", "error 400"),
                row(OK + "Content-Length: 0x1\r\n\r\n", "error 400"),
                row(OK + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "error 400"),
                row(OK + "Transfer-Encoding: identity\r\n\r\n", "error 400"),
                row(OK + "Transfer-Encoding: gzip, chunked\r\n\r\n", "error 501"),
                row(OK + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", "error 400"),
                row("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "error 400"),
                row(OK + "Transfer-Encoding: chunked\r\n\r\nx\r\n", "200", "error 400"),
                row(OK + "Transfer-Encoding: chunked\r\n\r\n-1\r\n", "200", "error 400"),
                row(OK + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", "200", "error 400"),
                row(OK + "Transfer-Encoding: chunked\r\n\r\n1\na\n0\n\n", "200", "error 400"),
                row(OK + "Transfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 3\r\n\r\n", "200", "error 400"),
                row(OK + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n", "200", "error 400"),
                row(OK + "A: " + "x".repeat(100) + "\r\n\r\n", "error 431"),
                row(OK + "A: b\r\n".repeat(4) + "\r\n", "error 431"),
                row("HTTP/1.1 200 " + "x".repeat(100) + "\r\n\r\n", "error 414"),
                row("HTTP/1.1 200 " + "x".repeat(100), "error 414"),
                row("\u0016\u0003\u0001", "error 400"));
    }

    private static Arguments row(String wire, String... events) {
        return Arguments.of(wire, List.of(events));
    }

    @ParameterizedTest
    @MethodSource({"legal", "illegal"})
    void readsAsTheTableSays(String wire, List<String> events) {
        SplitFeeder.assertEvents(
                () -> new ResponseSubject(SMALL, HttpMethod.GET), wire.getBytes(StandardCharsets.ISO_8859_1), events);
    }

    @Test
    void readsNoContentOfAnAnswerToHead() {
        SplitFeeder.assertEvents(
                () -> new ResponseSubject(SMALL, HttpMethod.HEAD),
                (OK + "Content-Length: 5\r\n\r\n" + OK + "Transfer-Encoding: chunked\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1),
                List.of("200", "200"));
    }

    @Test
    void keepsWhatWasSaid() {
        H1ResponseHead head = new H1ResponseHead();
        byte[] wire = (OK + "A: 1\r\nb: 2\r\na: 3\r\nContent-Length: 7\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        head.read(ByteBuffer.wrap(wire), wire.length, HttpLimits.DEFAULT);
        assertEquals(7, head.contentLength());
        assertEquals("1, 3", head.header("A"));
        assertEquals(List.of("1", "3"), head.copyHeaders().all("a"));
    }
}
