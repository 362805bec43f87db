package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.spi.WebSocketKey;
import io.lws.net.LoopNet;
import io.lws.policy.RetryPolicy;
import io.lws.testing.LeakCheck;
import io.lws.testing.LoopRunner;
import io.lws.testing.MemoryTransport;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client whose server is a script, on a clock that stands still. */
class WsClientTest {
    private static final String OK =
            "HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ";

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final LoopRunner runner = leaks.loop();
    private final List<String> events = new ArrayList<>();
    private final List<MemoryTransport> servers = new ArrayList<>();
    private final List<String> dialed = new ArrayList<>();
    private boolean unreachable;
    private final Vhost vhost = Vhost.builder("client")
            .protocol("p", (host, options) -> new Recorder())
            .option(WsDeflate.builder().thresholdBytes(1 << 20).build())
            .build();
    private final Context context = Context.builder().vhost(vhost).build();

    private final class Recorder implements WsProtocol<Void> {
        @Override
        public void onEstablished(WsSession<Void> ws) {
            events.add("established " + ws.isClient() + " '" + ws.subprotocol() + "'");
        }

        @Override
        public void onMessage(WsSession<Void> ws, WsFragment rx) {
            events.add(rx.text());
            if (rx.text().equals("bye")) {
                ws.close();
            } else {
                ws.post(rx.toMessage());
            }
        }

        @Override
        public void onClosed(WsSession<Void> ws, CloseInfo info) {
            events.add("closed " + info.code());
        }
    }

    @AfterEach
    void closeContext() {
        context.close();
    }

    private Runnable dial(LoopNet net, String host, int port, WsDialer.Outcome outcome) {
        dialed.add(host + ":" + port);
        if (unreachable) {
            outcome.onUnreachable(new IOException("unreachable"));
            return () -> {};
        }
        MemoryTransport near = MemoryTransport.pair();
        servers.add(near.peer());
        outcome.onReached(near);
        return () -> {};
    }

    private WsClient.Builder client(String uri) {
        return WsClient.builder(vhost)
                .uri(uri)
                .protocol("p")
                .dialer(this::dial)
                .random(() -> 0)
                .onStale(why -> events.add("stale: " + why.reason()))
                .onEnd(why -> events.add("end: " + why.reason()));
    }

    private WsClient connect(WsClient.Builder builder) {
        WsClient client = builder.connect(runner.net());
        runner.settle();
        return client;
    }

    private MemoryTransport server() {
        return servers.get(servers.size() - 1);
    }

    /** Answers the request that has come to the newest server with yes. */
    private String accept(String more) {
        String request = server().receivedText();
        String key = request.lines()
                .filter(line -> line.startsWith("Sec-WebSocket-Key: "))
                .map(line -> line.substring(19))
                .findFirst()
                .orElseThrow();
        server().send(OK + new WebSocketKey(key).proof() + "\r\n" + more + "\r\n");
        runner.settle();
        return request;
    }

    private void finish(WsClient client) {
        client.close();
        runner.settle();
        for (MemoryTransport each : servers) {
            if (!each.isClosed()) {
                each.received();
                each.send(Frames.plain(0x88, Frames.hex("03e8")));
                each.fin();
            }
        }
        runner.settle();
    }

    @Test
    void speaksAsAClient() {
        WsClient client = connect(client("ws://example.com/chat").header("X-Own", "1"));
        String request = accept("Sec-WebSocket-Protocol: p\r\n");
        assertTrue(request.startsWith("GET /chat HTTP/1.1\r\nHost: example.com\r\n"), request);
        assertTrue(request.contains("\r\nSec-WebSocket-Protocol: p\r\n"), request);
        assertTrue(request.contains("\r\nx-own: 1\r\n"), request);
        server().send(Frames.plain(0x81, Frames.utf8("hello")));
        runner.settle();
        byte[] frame = server().received();
        assertEquals((byte) 0x81, frame[0]);
        assertEquals((byte) 0x85, frame[1], "masked");
        ByteBuffer payload = ByteBuffer.wrap(frame);
        WsMask.apply(payload, 6, 11, payload.getInt(2));
        assertEquals("hello", new String(frame, 6, 5, StandardCharsets.UTF_8));
        finish(client);
        assertEquals(List.of("established true 'p'", "hello", "end: client closed", "closed 1000"), events);
    }

    @Test
    void masksLongMessagesAllThrough() {
        byte[] text = "0123456789".repeat(20_001).getBytes(StandardCharsets.US_ASCII);
        WsClient client = connect(client("ws://a/"));
        accept("");
        vhostLimit(text);
        ByteBuffer frame = ByteBuffer.wrap(server().received());
        assertEquals(0xff, frame.get(1) & 0xff);
        assertEquals(text.length, frame.getLong(2));
        WsMask.apply(frame, 14, 14 + text.length, frame.getInt(10));
        byte[] unmasked = new byte[text.length];
        frame.get(14, unmasked);
        assertArrayEquals(text, unmasked);
        finish(client);
    }

    /** An echo reads no more than it can send; who takes no more of a message says why, and closes with the rest unread. */
    @Test
    void readsWhileALongMessageWaits() {
        WsClient client = connect(client("ws://a/"));
        accept("");
        server().peer().refuse();
        vhostLimit(new byte[200_000]);
        server().send(Frames.plain(0x81, Frames.utf8("hello")));
        runner.settle();
        assertEquals("hello", events.get(events.size() - 1));
        server().peer().allow();
        runner.settle();
        server().peer().failWrites();
        server().send(Frames.plain(0x88, Frames.hex("03f1")));
        vhostLimit(new byte[1000]);
        assertEquals("closed 1009", events.get(events.size() - 1));
        finish(client);
    }

    /** Has the session send something longer than is gathered in one piece. */
    private void vhostLimit(byte[] text) {
        runner.net().forEach(connection -> {
            if (connection.role() instanceof WsConnection<?> ws) {
                ws.post(WsMessage.text(new String(text, StandardCharsets.US_ASCII)));
            }
        });
        runner.settle();
    }

    @Test
    void inflatesWhereTheServerAgrees() {
        WsClient client = connect(client("ws://a/"));
        accept("Sec-WebSocket-Extensions: permessage-deflate\r\n");
        server().send(Frames.plain(0xc1, Frames.hex("f248cdc9c90700")));
        runner.settle();
        assertEquals("Hello", events.get(1));
        finish(client);
    }

    @Test
    void comesBackByTheTableAndReportsOnce() {
        unreachable = true;
        WsClient client = connect(client("ws://a/"));
        assertEquals(1, dialed.size());
        int expected = 1;
        for (int seconds : new int[] {1, 3, 9, 17, 17, 17}) {
            runner.advance(Duration.ofSeconds(seconds).minusNanos(1));
            assertEquals(expected, dialed.size(), "too soon");
            runner.advance(Duration.ofNanos(1));
            assertEquals(++expected, dialed.size(), "after " + seconds);
        }
        assertEquals(List.of("stale: unreachable"), events);
        unreachable = false;
        runner.advance(Duration.ofSeconds(17));
        accept("");
        runner.advance(Duration.ofSeconds(17));
        server().reset();
        runner.settle();
        runner.advance(Duration.ofSeconds(1));
        assertEquals(expected + 2, dialed.size(), "has held, so begins with the first delay again");
        accept("");
        assertEquals(
                List.of("stale: unreachable", "established true ''", "closed 1006", "established true ''"), events);
        finish(client);
    }

    /** A server that lets everybody in and throws everybody out. */
    @Test
    void comesBackLessAndLessOftenWhereItCannotStay() {
        WsClient client = connect(client("ws://a/"));
        int expected = 1;
        for (int seconds : new int[] {1, 3, 9, 17, 17}) {
            accept("");
            server().reset();
            runner.settle();
            runner.advance(Duration.ofSeconds(seconds).minusNanos(1));
            assertEquals(expected, dialed.size(), "too soon");
            runner.advance(Duration.ofNanos(1));
            assertEquals(++expected, dialed.size(), "after " + seconds);
        }
        assertEquals(1, events.stream().filter(line -> line.startsWith("stale")).count());
        finish(client);
    }

    @Test
    void endsWhenThePolicySaysSo() {
        unreachable = true;
        connect(client("ws://a/").retry(RetryPolicy.NEVER));
        assertEquals(List.of("stale: unreachable", "end: unreachable"), events);
        runner.advance(Duration.ofHours(1));
        assertEquals(1, dialed.size());
    }

    /** The server's process is stopped: its kernel takes everything and answers nothing. */
    @Test
    void leavesAServerThatIsFrozen() {
        WsClient client = connect(client("ws://a/"));
        accept("");
        server().received();
        runner.advance(Duration.ofSeconds(40));
        assertEquals(6, server().received().length, "a ping");
        runner.advance(Duration.ofSeconds(10));
        assertEquals(List.of("established true ''", "closed 1006"), events);
        runner.advance(Duration.ofSeconds(1));
        assertEquals(2, dialed.size());
        accept("");
        runner.advance(Duration.ofSeconds(40));
        server().send(Frames.plain(0x8a, new byte[0]));
        runner.settle();
        runner.advance(Duration.ofSeconds(39));
        assertEquals(3, events.size(), "a pong is a sign of life");
        finish(client);
    }

    @Test
    void stopsWhereItsProtocolCloses() {
        connect(client("ws://a/"));
        accept("");
        server().send(Frames.plain(0x81, Frames.utf8("bye")));
        runner.settle();
        server().received();
        server().send(Frames.plain(0x88, Frames.hex("03e8")));
        server().fin();
        runner.settle();
        runner.advance(Duration.ofHours(1));
        assertEquals(List.of("established true ''", "bye", "closed 1000", "end: "), events);
        assertEquals(1, dialed.size());
    }

    /** What the user adds for one host is no other host's to know; what is no secret goes along. */
    @ParameterizedTest
    @CsvSource({"ws://b/y, false", "ws://a:81/y, false", "ws://a/y, true"})
    void tellsSecretsOnlyToTheHostTheyAreFor(String location, boolean told) {
        WsClient client = connect(client("ws://a/x")
                .header("Authorization", "Bearer secret")
                .header("Cookie", "secret=1")
                .header("Proxy-Authorization", "Basic secret")
                .header("X-Own", "1"));
        assertEquals(3, server().receivedText().split("secret", -1).length - 1);
        server().send("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\n\r\n");
        runner.settle();
        String request = accept("");
        assertEquals(told ? 3 : 0, request.split("secret", -1).length - 1, request);
        assertTrue(request.contains("x-own: 1\r\n"), request);
        finish(client);
    }

    @Test
    void followsARedirectWithoutCredentials() {
        WsClient client = connect(client("ws://user:pw@a/x"));
        server().send("HTTP/1.1 302 Found\r\nLocation: ws://b:81/y\r\n\r\n");
        runner.settle();
        assertEquals(List.of("a:80", "b:81"), dialed);
        String request = accept("");
        assertTrue(request.startsWith("GET /y HTTP/1.1\r\nHost: b:81\r\n"), request);
        assertTrue(!request.contains("uthorization"), request);
        finish(client);
    }

    private static final String DIGEST =
            "HTTP/1.1 401 x\r\nWWW-Authenticate: Digest realm=\"r\", nonce=\"%s\", qop=\"auth\"%s\r\n\r\n";

    @Test
    void provesByDigestWhoItIs() {
        WsClient client = connect(client("ws://user:pw@a/x?y"));
        assertFalse(server().receivedText().contains("uthorization"), "unasked");
        server().send(DIGEST.formatted("n1", ""));
        runner.settle();
        String proof = server().receivedText();
        assertTrue(proof.contains("\r\nauthorization: Digest username=\"user\", realm=\"r\", nonce=\"n1\""), proof);
        assertTrue(proof.contains("uri=\"/x?y\""), proof);
        server().send(DIGEST.formatted("n2", ", stale=true"));
        runner.settle();
        assertTrue(accept("").contains("nonce=\"n2\""));
        assertEquals(List.of("a:80", "a:80", "a:80"), dialed);
        assertEquals(List.of("established true ''"), events);
        finish(client);
    }

    @Test
    void takesNoForAnAnswerToItsProof() {
        connect(client("ws://user:wrong@a/").retry(RetryPolicy.NEVER));
        server().send(DIGEST.formatted("n1", ""));
        runner.settle();
        server().send(DIGEST.formatted("n2", ""));
        server().fin();
        runner.settle();
        assertEquals(2, dialed.size());
        assertEquals(List.of("stale: server answered 401", "end: server answered 401"), events);
    }

    @Test
    void asksNotForEverWhereEveryProofIsStale() {
        connect(client("ws://user:pw@a/").retry(RetryPolicy.NEVER));
        for (int i = 0; i < 6; i++) {
            server().send(DIGEST.formatted("n" + i, ", stale=true"));
            runner.settle();
        }
        assertEquals(6, dialed.size());
        assertEquals(List.of("stale: sent round too often", "end: sent round too often"), events);
    }

    /** The next attempt says it at once, for it has been asked for. */
    @Test
    void remembersThatTheServerWantsThePasswordItself() {
        WsClient client = connect(client("ws://user:pw@a/"));
        server().send("HTTP/1.1 401 x\r\nWWW-Authenticate: Basic realm=\"r\"\r\n\r\n");
        runner.settle();
        assertTrue(accept("").contains("\r\nauthorization: Basic dXNlcjpwdw==\r\n"));
        server().reset();
        runner.settle();
        runner.advance(Duration.ofSeconds(2));
        assertEquals(3, dialed.size());
        assertTrue(accept("").contains("\r\nauthorization: Basic dXNlcjpwdw==\r\n"));
        finish(client);
    }

    @Test
    void tellsNobodyElseWhoItIs() {
        connect(client("ws://user:pw@a/").retry(RetryPolicy.NEVER));
        server().send("HTTP/1.1 302 x\r\nLocation: ws://b/\r\n\r\n");
        runner.settle();
        server().send(DIGEST.formatted("n1", ""));
        server().fin();
        runner.settle();
        assertEquals(List.of("a:80", "b:80"), dialed);
        assertEquals(List.of("stale: server answered 401", "end: server answered 401"), events);
    }

    @Test
    void followsNoRedirectForEver() {
        WsClient client = connect(client("ws://a/").retry(RetryPolicy.NEVER));
        for (int i = 0; i < 6; i++) {
            server().send("HTTP/1.1 307 x\r\nLocation: /again\r\n\r\n");
            runner.settle();
        }
        assertEquals(6, dialed.size());
        assertEquals(List.of("stale: sent round too often", "end: sent round too often"), events);
        finish(client);
    }

    /** What the redirecting server sets is sent to where it sets it for, what the last one sets with the next attempt. */
    @Test
    void keepsCookies() {
        WsClient client = connect(client("ws://example.com/chat/room")
                .cookies(new CookieManager())
                .retry(RetryPolicy.DEFAULT));
        assertFalse(server().receivedText().toLowerCase(Locale.ROOT).contains("cookie:"));
        server().send("HTTP/1.1 302 x\r\nLocation: /chat/other\r\nSet-Cookie: a=1; Path=/chat\r\n"
                + "Set-Cookie: s=1; Secure\r\nSet-Cookie: elsewhere=1; Path=/elsewhere\r\n\r\n");
        runner.settle();
        String second = accept("Set-Cookie: b=2; Path=/\r\n");
        assertTrue(second.contains("\r\ncookie: a=1\r\n"), second);
        server().reset();
        runner.settle();
        runner.advance(Duration.ofSeconds(2));
        String third = server().receivedText();
        assertTrue(third.contains("\r\ncookie: a=1; b=2\r\n"), third);
        finish(client);
    }

    @Test
    void reportsWhatTheServerAnswered() {
        connect(client("ws://a/").retry(RetryPolicy.NEVER));
        server().send("HTTP/1.1 503 Busy\r\n\r\n");
        server().fin();
        runner.settle();
        assertEquals(List.of("stale: server answered 503", "end: server answered 503"), events);
    }

    @Test
    void waitsNotForEverForAnAnswer() {
        connect(client("ws://a/").retry(RetryPolicy.NEVER).timeout(Duration.ofSeconds(5)));
        runner.advance(Duration.ofSeconds(5));
        assertEquals(List.of("stale: no answer to the request", "end: no answer to the request"), events);
    }

    @Test
    void endsWithItsLoop() {
        connect(client("ws://a/"));
        accept("");
        runner.net().drain();
        runner.settle();
        server().received();
        server().send(Frames.plain(0x88, Frames.hex("03e9")));
        server().fin();
        runner.settle();
        assertEquals(List.of("established true ''", "end: context closing", "closed 1001"), events);
        assertEquals(1, dialed.size());
    }

    // ---- what a user's own code throws costs an attempt, never the client

    private static RuntimeException bug() {
        return new IllegalStateException("on purpose");
    }

    @Test
    void triesAgainWhereNoPssCouldBeMade() {
        AtomicInteger made = new AtomicInteger();
        WsClient client = connect(client("ws://a/").protocol(new WsProtocol<Integer>() {
            @Override
            public Integer newPss() {
                if (made.incrementAndGet() == 1) {
                    throw bug();
                }
                return 2;
            }

            @Override
            public void onEstablished(WsSession<Integer> ws) {
                events.add("established " + ws.pss());
            }
        }));
        accept("");
        runner.advance(Duration.ofSeconds(1));
        assertEquals(2, dialed.size());
        accept("");
        assertEquals("established 2", events.get(events.size() - 1));
        finish(client);
    }

    /** For the request, and for what an answer brings. */
    @Test
    void triesAgainWhereTheKeeperOfCookiesThrows() {
        AtomicInteger calls = new AtomicInteger();
        WsClient client = connect(client("ws://a/").cookies(new CookieHandler() {
            @Override
            public Map<String, List<String>> get(URI uri, Map<String, List<String>> fields) {
                if (calls.incrementAndGet() == 1) {
                    throw bug();
                }
                return Map.of();
            }

            @Override
            public void put(URI uri, Map<String, List<String>> fields) {
                if (calls.incrementAndGet() == 3) {
                    throw bug();
                }
            }
        }));
        runner.advance(Duration.ofSeconds(1));
        assertEquals(2, dialed.size());
        accept("Set-Cookie: a=1\r\n");
        runner.advance(Duration.ofSeconds(3));
        assertEquals(3, dialed.size());
        accept("Set-Cookie: a=1\r\n");
        assertEquals("established true ''", events.get(events.size() - 1));
        finish(client);
    }

    @Test
    void triesAgainWhereWhoIsToldOfItThrows() {
        unreachable = true;
        WsClient client = connect(client("ws://a/")
                .retry(new RetryPolicy(List.of(Duration.ofSeconds(1)), 0, 0, Integer.MAX_VALUE))
                .onStale(why -> {
                    throw bug();
                }));
        runner.advance(Duration.ofSeconds(1));
        assertEquals(2, dialed.size());
        finish(client);
    }

    /** The server answers before it has read the whole request, and the client is closed before it can write again. */
    @Test
    void tellsOfTheBeginningBeforeItTellsOfTheEnd() {
        MemoryTransport near = MemoryTransport.pair().acceptPerWrite(16);
        WsClient client = client("ws://a/")
                .header("X-Long", "x".repeat(1_000))
                .dialer((net, host, port, outcome) -> {
                    outcome.onReached(near);
                    return () -> {};
                })
                .connect(runner.net());
        StringBuilder request = new StringBuilder();
        while (request.indexOf("x-long") < 0) {
            runner.turn();
            request.append(near.peer().receivedText());
        }
        near.refuse();
        runner.turn();
        int from = request.indexOf("Sec-WebSocket-Key: ") + "Sec-WebSocket-Key: ".length();
        String proof = new WebSocketKey(request.substring(from, from + 24)).proof();
        near.peer().send(OK + proof + "\r\n\r\n");
        runner.turns(2);
        client.close();
        runner.turn();
        near.peer().reset();
        runner.settle();
        assertEquals(List.of("established true ''", "end: client closed", "closed 1006"), events);
    }

    /** Each is what the builder was when it was asked for it, also when it comes back later. */
    @Test
    void leavesAClientAsItIsWhenItsBuilderGoesOn() {
        WsClient.Builder builder = client("ws://first.example/");
        WsClient first = builder.connect(runner.net());
        WsClient second = builder.uri("ws://second.example/").connect(runner.net());
        runner.settle();
        assertEquals(List.of("first.example:80", "second.example:80"), dialed);
        servers.get(0).reset();
        runner.settle();
        runner.advance(Duration.ofSeconds(2));
        assertEquals(List.of("first.example:80", "second.example:80", "first.example:80"), dialed);
        finish(first);
        finish(second);
    }
}
