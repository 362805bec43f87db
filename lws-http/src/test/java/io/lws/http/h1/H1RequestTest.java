package io.lws.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.http.HttpLimits;
import io.lws.http.HttpMethod;
import io.lws.http.RequestTarget;
import io.lws.testing.SplitFeeder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class H1RequestTest {
    private static final String HOST = "Host: a\r\n";
    private static final HttpLimits SMALL = HttpLimits.builder()
            .requestLineBytes(40)
            .headerBytes(80)
            .headerCount(3)
            .bodyBytes(10)
            .build();

    static Stream<Arguments> legal() {
        return Stream.of(
                row("GET / HTTP/1.1\r\n" + HOST + "\r\n", "GET /"),
                row("GET / HTTP/1.0\r\n\r\n", "GET / close"),
                row("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "GET /"),
                row("GET / HTTP/1.0\r\nConnection: Keep-Alive, foo\r\n\r\n", "GET /"),
                row("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n", "GET / close"),
                row("GET / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n", "GET / close"),
                row("GET / HTTP/1.1\r\n" + HOST + "Connection: x ,\tCLOSE , y\r\n\r\n", "GET / close"),
                row("GET / HTTP/1.1\r\n" + HOST + "Connection: x\r\nConnection: close\r\n\r\n", "GET / close"),
                row("GET / HTTP/1.1\r\n" + HOST + "Connection: closed\r\n\r\n", "GET /"),
                row("\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n", "GET /"),
                row("\r\n\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n", "GET /"),
                row("HEAD /x?y=/../ HTTP/1.1\r\n" + HOST + "\r\n", "HEAD /x"),
                row("BREW /pot HTTP/1.1\r\n" + HOST + "\r\n", "BREW /pot"),
                row("get / HTTP/1.1\r\n" + HOST + "\r\n", "get /"),
                row("!#$%&'*+-.^_`|~09azAZ / HTTP/1.1\r\n" + HOST + "\r\n", "!#$%&'*+-.^_`|~09azAZ /"),
                row("OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n", "OPTIONS *"),
                row("CONNECT a.example:443 HTTP/1.1\r\n" + HOST + "\r\n", "CONNECT "),
                row("GET http://b.example/p?q HTTP/1.1\r\n" + HOST + "\r\n", "GET /p"),
                row("GET http://b.example HTTP/1.1\r\n" + HOST + "\r\n", "GET /"),
                row("GET HTTPS://b.example:8443?q HTTP/1.1\r\n" + HOST + "\r\n", "GET /"),
                row("GET /%41%c3%a4/../b HTTP/1.1\r\n" + HOST + "\r\n", "GET /b"),
                row("GET / HTTP/1.1\r\nhOsT:a\r\n\r\n", "GET /"),
                row("GET / HTTP/1.1\r\nHost: \t a.example:8080 \t \r\n\r\n", "GET /"),
                row("GET / HTTP/1.1\r\nHost: [2001:db8::1]:80\r\n\r\n", "GET /"),
                row("GET / HTTP/1.1\r\nHost: [::ffff:1.2.3.4]\r\n\r\n", "GET /"),
                row("GET / HTTP/1.1\r\nHost: A_b~%20c:\r\n\r\n", "GET /"),
                row("GET / HTTP/1.1\r\nHost:\r\n\r\n", "GET /"),
                row("GET / HTTP/1.1\r\n" + HOST + "X: \r\nY:\t\r\n\r\n", "GET /"),
                row("GET / HTTP/1.1\r\n" + HOST + "X: a\tb \u00e4\u00ff~!\r\n\r\n", "GET /"),
                row("GET / HTTP/1.1\r\n" + HOST + "X:" + " ".repeat(40) + "v" + "\t".repeat(40) + "\r\n\r\n", "GET /"),
                row("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\n\r\nabc", "POST /", "content abc"),
                row("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\n\r\n", "POST /"),
                row("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 000003\r\n\r\nabc", "POST /", "content abc"),
                row("POST / HTTP/1.0\r\nContent-Length: 1\r\n\r\na", "POST / close", "content a"),
                row("GET / HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\n\r\na", "GET /", "content a"),
                row(
                        "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
                        "POST /",
                        "content a"),
                row(
                        "POST / HTTP/1.1\r\n" + HOST + "TRANSFER-encoding:  ChunKed \r\n\r\n0\r\n\r\n",
                        "POST /",
                        "content "),
                row(
                        "POST / HTTP/1.1\r\n" + HOST + "Expect: 100-Continue\r\nContent-Length: 1\r\n\r\na",
                        "POST / continue",
                        "content a"),
                row(
                        "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na",
                        "POST / close",
                        "content a"),
                row("GET / HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\n\r\n", "GET /"),
                row("GET /1 HTTP/1.1\r\n" + HOST + "\r\nGET /2 HTTP/1.1\r\n" + HOST + "\r\n", "GET /1", "GET /2"),
                row(
                        "POST /1 HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\n\r\nhi\r\nGET /2 HTTP/1.1\r\n" + HOST
                                + "\r\n",
                        "POST /1",
                        "content hi",
                        "GET /2"),
                row(
                        "GET /1 HTTP/1.1\r\n" + HOST + "\r\nGET /2 HTTP/1.1\r\nbad\r\n\r\nGET /3 HTTP/1.1\r\n" + HOST
                                + "\r\n",
                        "GET /1",
                        "error 400"));
    }

    static Stream<Arguments> illegal() {
        String start = "POST / HTTP/1.1\r\n" + HOST;
        return Stream.of(
                // request line
                bad(400, "GET / HTTP/1.1\n" + HOST + "\r\n"),
                bad(400, "\nGET / HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "\r\n\r\n\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "\rGET / HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, " GET / HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET  / HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET\t/ HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET /  HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET / HTTP/1.1 \r\n" + HOST + "\r\n"),
                bad(400, "GET / a HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET /\r\n\r\n"),
                bad(400, "GET\r\n\r\n"),
                bad(400, "GET / \r\n\r\n"),
                bad(400, "GET / http/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET / HTTP/1,1\r\n" + HOST + "\r\n"),
                bad(400, "GET / HTTP/1.10\r\n" + HOST + "\r\n"),
                bad(400, "GET / HTTP/11\r\n" + HOST + "\r\n"),
                bad(505, "GET / HTTP/1.2\r\n" + HOST + "\r\n"),
                bad(505, "GET / HTTP/0.9\r\n" + HOST + "\r\n"),
                bad(505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                bad(400, "G(T / HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "\u0016\u0003\u0001\u0002\u0000\u0001"),
                bad(400, "GET /a\u0001b HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET /\u00e4 HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET /\u007f HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET /a#b HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET a HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET * HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET ftp://a/ HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET http:///x HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET http://u@a/x HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "CONNECT / HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "CONNECT a HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET /%zz HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET /%00 HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET /../x HTTP/1.1\r\n" + HOST + "\r\n"),
                // field lines
                bad(400, "GET / HTTP/1.1\r\nHost: a\n\r\n"),
                bad(400, "GET / HTTP/1.1\r\nHost: a\r\n\n"),
                bad(400, "GET / HTTP/1.1\r\nHost : a\r\n\r\n"),
                bad(400, "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
                bad(400, start + "X: a\r\n b\r\n\r\n"),
                bad(400, start + "X: a\r\n\tb\r\n\r\n"),
                bad(400, start + "X: a\rb\r\n\r\n"),
                bad(400, start + "X: a\u0000b\r\n\r\n"),
                bad(400, start + "X: a\u007fb\r\n\r\n"),
                bad(400, start + "X: aaaaaaaaaaaaaaaaaaaaaaaaaaaa\u0001b\r\n\r\n"),
                bad(400, start + "X\r\n\r\n"),
                bad(400, start + ": v\r\n\r\n"),
                bad(400, start + "X Y: v\r\n\r\n"),
                bad(400, start + "X\u00e4: v\r\n\r\n"),
                bad(400, start + "X\u0000: v\r\n\r\n"),
                bad(400, start + "\rX: v\r\n\r\n"),
                bad(400, start + "(x): v\r\n\r\n"),
                // host
                bad(400, "GET / HTTP/1.1\r\n\r\n"),
                bad(400, "GET http://a/ HTTP/1.1\r\n\r\n"),
                bad(400, "GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n"),
                bad(400, "GET / HTTP/1.0\r\n" + HOST + HOST + "\r\n"),
                bad(400, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
                bad(400, "GET / HTTP/1.1\r\nHost: a,b\r\n\r\n"),
                bad(400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
                bad(400, "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n"),
                bad(400, "GET / HTTP/1.1\r\nHost: a:80x\r\n\r\n"),
                bad(400, "GET / HTTP/1.1\r\nHost: a:65536\r\n\r\n"),
                bad(400, "GET / HTTP/1.1\r\nHost: a:80:80\r\n\r\n"),
                bad(400, "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"),
                bad(400, "GET / HTTP/1.1\r\nHost: [::g]\r\n\r\n"),
                bad(400, "GET / HTTP/1.1\r\nHost: [::1]x\r\n\r\n"),
                bad(400, "GET / HTTP/1.1\r\nHost: \u00e4\r\n\r\n"),
                bad(400, "GET / HTTP/1.1\r\nHost: a%2\r\n\r\n"),
                // content length
                bad(400, start + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na"),
                bad(400, start + "Content-Length: 1\r\nContent-Length: 2\r\n\r\na"),
                bad(400, start + "Content-Length: 1, 1\r\n\r\na"),
                bad(400, start + "Content-Length:\r\n\r\n"),
                bad(400, start + "Content-Length: +1\r\n\r\na"),
                bad(400, start + "Content-Length: -1\r\n\r\na"),
                bad(400, start + "Content-Length: 1 1\r\n\r\na"),
                bad(400, start + "Content-Length: 0x1\r\n\r\na"),
                bad(400, start + "Content-Length: 1.0\r\n\r\na"),
                bad(400, start + "Content-Length: \u00b9\r\n\r\na"),
                bad(400, start + "Content-Length: 18446744073709551617\r\n\r\na"),
                bad(400, start + "Content-Length: 0000000000000000001\r\n\r\na"),
                bad(413, start + "Content-Length: 4294967297\r\n\r\na"),
                bad(413, start + "Content-Length: 999999999999999999\r\n\r\na"),
                // transfer coding
                bad(400, start + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                bad(400, start + "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n"),
                bad(400, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                bad(400, start + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
                bad(400, start + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                bad(400, start + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
                bad(400, start + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
                bad(400, start + "Transfer-Encoding: identity\r\n\r\n"),
                bad(400, start + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
                bad(400, start + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"),
                bad(400, start + "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n"),
                bad(400, start + "Transfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n"),
                bad(400, start + "Transfer-Encoding: chunked,\r\n\r\n0\r\n\r\n"),
                bad(400, start + "Transfer-Encoding:\r\n\r\n0\r\n\r\n"),
                bad(400, start + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n"),
                bad(400, start + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
                bad(501, start + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                bad(501, start + "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                // expectation
                bad(417, start + "Expect: 200-ok\r\nContent-Length: 1\r\n\r\na"),
                bad(417, start + "Expect: 100-continue\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na"));
    }

    static Stream<Arguments> beyondLimits() {
        return Stream.of(
                bad(414, "GET /" + "a".repeat(100)),
                bad(414, "GET /" + "a".repeat(27) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
                bad(431, "GET / HTTP/1.1\r\nHost: a\r\nX: " + "b".repeat(200)),
                bad(431, "GET / HTTP/1.1\r\nHost: a\r\nX: " + "b".repeat(66) + "\r\n\r\n"),
                bad(431, "GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("legal")
    void readsRequestHoweverItIsCut(String wire, List<String> events) {
        SplitFeeder.assertEvents(() -> new RequestSubject(HttpLimits.DEFAULT), bytes(wire), events);
        if (!events.contains("error 400")) {
            SplitFeeder.assertEventsTwice(() -> new RequestSubject(HttpLimits.DEFAULT), bytes(wire), events);
        }
    }

    @ParameterizedTest
    @MethodSource("illegal")
    void refusesRequestHoweverItIsCut(String wire, int status) {
        // what is wrong in the framing of the content shows after the head, so the last event counts
        List<String> whole = events(new RequestSubject(HttpLimits.DEFAULT), wire);
        assertEquals("error " + status, whole.get(whole.size() - 1));
        assertTrue(whole.size() == 1 || status == 413, whole::toString);
        SplitFeeder.assertEvents(() -> new RequestSubject(HttpLimits.DEFAULT), bytes(wire), whole);
    }

    @ParameterizedTest
    @MethodSource("beyondLimits")
    void refusesHeadBeyondLimits(String wire, int status) {
        SplitFeeder.assertEvents(() -> new RequestSubject(SMALL), bytes(wire), List.of("error " + status));
    }

    @Test
    void acceptsHeadExactlyAtLimits() {
        String line = "GET /" + "a".repeat(26) + " HTTP/1.1\r\n";
        String block = "Host: a\r\nX: " + "b".repeat(64) + "\r\n\r\n";
        assertEquals(42, line.length());
        assertEquals(80, block.length());
        SplitFeeder.assertEvents(
                () -> new RequestSubject(SMALL), bytes(line + block), List.of("GET /" + "a".repeat(26)));
        String three = "GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\nB: 2\r\n\r\n";
        SplitFeeder.assertEvents(() -> new RequestSubject(SMALL), bytes(three), List.of("GET /"));
    }

    @Test
    void refusesContentBeyondLimitBeforeReadingIt() {
        String head = "POST / HTTP/1.1\r\nHost: a\r\n";
        List<String> tooLarge = List.of("POST /", "error 413");
        SplitFeeder.assertEvents(() -> new RequestSubject(SMALL), bytes(head + "Content-Length: 11\r\n\r\n"), tooLarge);
        String chunked = head + "Transfer-Encoding: chunked\r\n\r\n5\r\naaaaa\r\n6\r\n";
        SplitFeeder.assertEvents(() -> new RequestSubject(SMALL), bytes(chunked), tooLarge);
        String within = head + "Transfer-Encoding: chunked\r\n\r\n5\r\naaaaa\r\n5\r\nbbbbb\r\n0\r\n\r\n";
        SplitFeeder.assertEvents(
                () -> new RequestSubject(SMALL), bytes(within), List.of("POST /", "content aaaaabbbbb"));
    }

    @Test
    void findsFieldsByNameInAnyCase() {
        H1RequestHead head = read("GET / HTTP/1.1\r\nHost: a.example:81\r\nX-Own: 1\r\nAccept: t\r\nx-OWN:  2 \r\n"
                + "Cookie: a=1\r\ncookie: b=2\r\nAccept-Encoding: gzip\r\n\r\n");
        assertEquals("a.example:81", head.authority());
        assertEquals("1, 2", head.header("X-OWN"));
        assertEquals(List.of("1", "2"), head.headers("x-own"));
        assertEquals("a=1; b=2", head.header("Cookie"));
        assertEquals("gzip", head.header("accept-ENCODING"));
        assertEquals(List.of("t"), head.headers("Accept"));
        assertNull(head.header("X-Ow"));
        assertNull(head.header("Origin"));
        assertNull(head.header(""));
        assertEquals(7, head.headerCount());
        assertEquals("x-own", head.headerName(3));
        assertEquals("2", head.headerValue(3));
    }

    @Test
    void knowsEachKnownHeaderByItsOwnName() {
        for (int i = 0; i < KnownHeader.NAMES.length; i++) {
            String name = KnownHeader.NAMES[i];
            assertEquals(i, KnownHeader.indexOf(bytes(name + ": value.."), 0, name.length()), name);
            assertEquals(i, KnownHeader.indexOf(name.toUpperCase(Locale.ROOT)), name);
            assertEquals(-1, KnownHeader.indexOf(name + "x"), name);
        }
        assertEquals("accept-encoding", KnownHeader.NAMES[KnownHeader.ACCEPT_ENCODING]);
        assertEquals("if-range", KnownHeader.NAMES[KnownHeader.IF_RANGE]);
    }

    @Test
    void takesAuthorityFromAbsoluteTargetBeforeHost() {
        assertEquals("b:1", read("GET http://b:1/ HTTP/1.1\r\nHost: a\r\n\r\n").authority());
    }

    @Test
    void offersUpgradeOnlyWhenConnectionNamesIt() {
        String start = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c, WebSocket\r\n";
        assertTrue(read(start + "Connection: keep-alive, Upgrade\r\n\r\n").offersUpgradeTo("websocket"));
        assertTrue(!read(start + "\r\n").offersUpgradeTo("websocket"));
        assertTrue(!read(start.replace("1.1", "1.0") + "Connection: Upgrade\r\n\r\n")
                .offersUpgradeTo("websocket"));
        assertTrue(!read(start + "Connection: Upgrade\r\n\r\n").offersUpgradeTo("socket"));
    }

    @Test
    void keepsTargetsWithoutQueryAndForgetsHeads() {
        H1HeadPool pool = new H1HeadPool();
        RequestTarget first = targetOf(pool, "GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
        assertSame(first, targetOf(pool, "POST /a HTTP/1.1\r\nHost: b\r\n\r\n"));
        assertEquals("/b", targetOf(pool, "GET /b HTTP/1.1\r\nHost: a\r\n\r\n").path());
        RequestTarget query = targetOf(pool, "GET /a?q HTTP/1.1\r\nHost: a\r\n\r\n");
        assertEquals("q", query.query());
        assertTrue(query != targetOf(pool, "GET /a?q HTTP/1.1\r\nHost: a\r\n\r\n"));
        assertEquals(1, pool.freeHeads());
        assertSame(HttpMethod.GET, pool.acquire().method());
    }

    @Test
    void takesEightKilobytesOfCollidingNamesInLinearTime() {
        StringBuilder wire = new StringBuilder("GET / HTTP/1.1\r\nHost: a\r\n");
        for (int i = 0; i < 330; i++) {
            wire.append(i % 2 == 0 ? "AaAa" : "BBBB")
                    .append(i % 3 == 0 ? "Aa" : "BB")
                    .append(i)
                    .append(": v\r\n");
        }
        HttpLimits limits = HttpLimits.builder().headerCount(400).build();
        H1RequestHead head = new H1HeadPool().acquire();
        byte[] bytes = bytes(wire.append("\r\n").toString());
        head.read(ByteBuffer.wrap(bytes), bytes.length, limits);
        assertEquals(331, head.headerCount());
        assertEquals("v", head.header("bbbbbb329"));
    }

    private static RequestTarget targetOf(H1HeadPool pool, String wire) {
        H1RequestHead head = pool.acquire();
        head.read(ByteBuffer.wrap(bytes(wire)), wire.length(), HttpLimits.DEFAULT);
        RequestTarget target = head.target();
        pool.release(head);
        return target;
    }

    private static H1RequestHead read(String wire) {
        H1RequestHead head = new H1HeadPool().acquire();
        head.read(ByteBuffer.wrap(bytes(wire)), wire.length(), HttpLimits.DEFAULT);
        return head;
    }

    private static List<String> events(RequestSubject subject, String wire) {
        List<String> events = new ArrayList<>();
        subject.feed(ByteBuffer.wrap(bytes(wire)), events);
        return events;
    }

    private static Arguments row(String wire, String... events) {
        return Arguments.of(wire, List.of(events));
    }

    private static Arguments bad(int status, String wire) {
        return Arguments.of(wire, status);
    }

    private static byte[] bytes(String wire) {
        return wire.getBytes(StandardCharsets.ISO_8859_1);
    }
}
