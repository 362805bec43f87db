package io.lws.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.http.HttpLimits;
import io.lws.testing.SplitFeeder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedBodyTest {
    private static final String HEAD = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3\r\nabc\r\n0\r\n\r\n",
                "1\r\na\r\n2\r\nbc\r\n0\r\n\r\n",
                "0003\r\nabc\r\n0000\r\n\r\n",
                "0000000000000003\r\nabc\r\n0000000000000000\r\n\r\n",
                "3;a\r\nabc\r\n0\r\n\r\n",
                "3;a=b\r\nabc\r\n0;c\r\n\r\n",
                "3;a=b;c;d=e\r\nabc\r\n0\r\n\r\n",
                "3;a=\"\"\r\nabc\r\n0\r\n\r\n",
                "3;a=\"x;=\\\"\\\\ \t\u00e4\"\r\nabc\r\n0\r\n\r\n",
                "3 \t;\ta = b ; c\r\nabc\r\n0\r\n\r\n",
                "3;a=\"b\" ;c\r\nabc\r\n0\r\n\r\n",
                "3\r\nabc\r\n0\r\nX: y\r\n\r\n",
                "3\r\nabc\r\n0\r\nX:\r\nY-y:  z \t\u00e4\r\n\r\n",
                "3\r\nabc\r\n0\r\nx-very-long-name-that-is-not-forbidden-at-all: 1\r\n\r\n"
            })
    void readsContentHoweverItIsCut(String body) {
        SplitFeeder.assertEventsTwice(
                () -> new RequestSubject(HttpLimits.DEFAULT), bytes(HEAD + body), List.of("POST /", "content abc"));
    }

    @Test
    void readsHexDigitsInBothCases() {
        String body = "a\r\n0123456789\r\nA\r\n0123456789\r\n1f\r\n" + "x".repeat(31) + "\r\n0\r\n\r\n";
        String content = "01234567890123456789" + "x".repeat(31);
        SplitFeeder.assertEventsTwice(
                () -> new RequestSubject(HttpLimits.DEFAULT),
                bytes(HEAD + body),
                List.of("POST /", "content " + content));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nabc\r\n0\r\n\r\n",
                "g\r\nabc\r\n0\r\n\r\n",
                "0x3\r\nabc\r\n0\r\n\r\n",
                "+3\r\nabc\r\n0\r\n\r\n",
                "-3\r\nabc\r\n0\r\n\r\n",
                " 3\r\nabc\r\n0\r\n\r\n",
                "3 \r\nabc\r\n0\r\n\r\n",
                "3\nabc\r\n0\r\n\r\n",
                "3\rabc\r\n0\r\n\r\n",
                "3_0\r\nabc\r\n0\r\n\r\n",
                "00000000000000003\r\nabc\r\n0\r\n\r\n",
                "8000000000000000\r\nabc\r\n0\r\n\r\n",
                "ffffffffffffffff\r\nabc\r\n0\r\n\r\n",
                "3\r\nabc0\r\n\r\n",
                "3\r\nabc\n0\r\n\r\n",
                "3\r\nabc\r0\r\n\r\n",
                "3\r\nabcd\r\n0\r\n\r\n",
                "3\r\nabc\r\n\r\n",
                "3;\r\nabc\r\n0\r\n\r\n",
                "3;=b\r\nabc\r\n0\r\n\r\n",
                "3;a=\r\nabc\r\n0\r\n\r\n",
                "3;a b\r\nabc\r\n0\r\n\r\n",
                "3;a \r\nabc\r\n0\r\n\r\n",
                "3;a=b c\r\nabc\r\n0\r\n\r\n",
                "3;a\nabc\r\n0\r\n\r\n",
                "3;a\rabc\r\n0\r\n\r\n",
                "3;a=\"b\nabc\r\n0\r\n\r\n",
                "3;a=\"b\r\nabc\r\n0\r\n\r\n",
                "3;a=\"b\"c\r\nabc\r\n0\r\n\r\n",
                "3;a=\"\u0000\"\r\nabc\r\n0\r\n\r\n",
                "3;a=\"\\\n\"\r\nabc\r\n0\r\n\r\n",
                "3,a\r\nabc\r\n0\r\n\r\n",
                "3\r\nabc\r\n0\r\nX: y\n\r\n",
                "3\r\nabc\r\n0\r\nX: y\rZ: 1\r\n\r\n",
                "3\r\nabc\r\n0\r\n X: y\r\n\r\n",
                "3\r\nabc\r\n0\r\nX : y\r\n\r\n",
                "3\r\nabc\r\n0\r\nX: y\r\n z\r\n\r\n",
                "3\r\nabc\r\n0\r\n: y\r\n\r\n",
                "3\r\nabc\r\n0\r\nX\r\n\r\n",
                "3\r\nabc\r\n0\r\nX: \u0001\r\n\r\n",
                "3\r\nabc\r\n0\r\nContent-Length: 3\r\n\r\n",
                "3\r\nabc\r\n0\r\nTransfer-ENCODING: chunked\r\n\r\n",
                "3\r\nabc\r\n0\r\nHost: b\r\n\r\n",
                "3\r\nabc\r\n0\r\n\n",
                "3\r\nabc\r\n0\r\n\rX"
            })
    void refusesMalformedChunkHoweverItIsCut(String body) {
        SplitFeeder.assertEvents(
                () -> new RequestSubject(HttpLimits.DEFAULT), bytes(HEAD + body), List.of("POST /", "error 400"));
    }

    @Test
    void boundsExtensionsOfAllChunksTogether() {
        String oneKilobyte = "1;" + "e".repeat(1022) + "\r\na\r\n";
        assertEquals(List.of("POST /", "content " + "a".repeat(15)), run(oneKilobyte.repeat(15) + "0\r\n\r\n"));
        assertEquals(List.of("POST /", "error 400"), run(oneKilobyte.repeat(17) + "0\r\n\r\n"));
        assertEquals(List.of("POST /", "error 400"), run("1;" + "e".repeat(17_000)));
    }

    @Test
    void boundsTrailersInBytesAndLines() {
        assertEquals(List.of("POST /", "error 431"), run("0\r\nX: " + "y".repeat(9000)));
        assertEquals(List.of("POST /", "error 431"), run("0\r\n" + "X: y\r\n".repeat(101)));
        assertEquals(List.of("POST /", "content "), run("0\r\n" + "X: y\r\n".repeat(100) + "\r\n"));
    }

    @Test
    void takesSizesUpToTheLargestLongWhenNothingLimitsThem() {
        ChunkedBody body = new ChunkedBody(HttpLimits.DEFAULT).begin(HttpLimits.UNLIMITED);
        ByteBuffer in = ByteBuffer.wrap(bytes("7fffffffffffffff\r\nabc"));
        assertEquals(3, body.next(in));
        assertEquals("abc", StandardCharsets.ISO_8859_1.decode(in).toString());
    }

    @Test
    void leavesTheNextMessageAlone() {
        ChunkedBody body = new ChunkedBody(HttpLimits.DEFAULT).begin(10);
        ByteBuffer in = ByteBuffer.wrap(bytes("0\r\n\r\n0\r\n\r\n"));
        assertEquals(0, body.next(in));
        assertEquals(5, in.position());
        assertEquals(0, body.next(in));
        assertEquals(5, in.position());
    }

    private static List<String> run(String body) {
        List<String> events = new ArrayList<>();
        new RequestSubject(HttpLimits.DEFAULT).feed(ByteBuffer.wrap(bytes(HEAD + body)), events);
        return events;
    }

    private static byte[] bytes(String wire) {
        return wire.getBytes(StandardCharsets.ISO_8859_1);
    }
}
