package io.lws.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.http.HttpMethod;
import io.lws.http.HttpTx;
import io.lws.http.client.ClientRig.Recorder;
import io.lws.http.client.HttpClientException.Reason;
import io.lws.http.client.HttpTimings.Source;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client whose origin is a script, on a clock that stands still. */
class HttpClientTest {
    private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    private static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private ClientRig rig = new ClientRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private void rig(ClientRig other) {
        rig.close();
        rig = other;
    }

    @Test
    void asksAndHears() {
        Recorder heard = rig.get("http://a.example/p?q#f");
        assertEquals(
                "GET /p?q HTTP/1.1\r\nHost: a.example\r\nAccept-Encoding: gzip, deflate\r\n\r\n", rig.answer(HELLO));
        assertEquals(List.of("response 200", "complete 'hello'", "closed 200"), heard.events);
        assertEquals(List.of("http://a.example:80"), rig.dialed);
    }

    @Test
    void asksAgainOnTheSameConnection() {
        rig.get("http://a.example/1");
        rig.answer(HELLO);
        Recorder second = rig.get("http://A.example:80/2");
        assertTrue(rig.answer(HELLO).startsWith("GET /2 "));
        assertEquals(List.of("response 200", "complete 'hello'", "closed 200"), second.events);
        assertEquals(1, rig.dialed.size());
    }

    @Test
    void tellsReusedFromNew() {
        CompletableFuture<ClientResponse> first = rig.client.get("http://a.example/");
        rig.settle();
        rig.answer(HELLO);
        CompletableFuture<ClientResponse> second = rig.client.get("http://a.example/");
        rig.settle();
        rig.answer(HELLO);
        assertEquals(Source.NEW, first.join().timings().connection());
        assertEquals(Source.REUSED, second.join().timings().connection());
        assertEquals("hello", second.join().text());
    }

    @Test
    void dialsForEachOriginAndScheme() {
        rig.get("http://a.example/");
        rig.get("http://b.example/");
        rig.get("http://a.example:8080/");
        assertEquals(List.of("http://a.example:80", "http://b.example:80", "http://a.example:8080"), rig.dialed);
        rig.origins.forEach(origin -> rig.answer(origin, HELLO));
    }

    @Test
    void doesNotKeepAConnectionThatTheOriginEnds() {
        rig.get("http://a.example/");
        rig.answer("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        rig.get("http://a.example/");
        assertEquals(2, rig.dialed.size());
        rig.answer(EMPTY);
    }

    @Test
    void readsUntilTheConnectionEnds() {
        Recorder heard = rig.get("http://a.example/");
        rig.answer("HTTP/1.0 200 OK\r\n\r\nall ");
        rig.answer("of it");
        assertEquals(List.of("response 200"), heard.events);
        rig.origin().fin();
        rig.settle();
        assertEquals(List.of("response 200", "complete 'all of it'", "closed 200"), heard.events);
    }

    @Test
    void forgetsAnIdleConnectionInTime() {
        rig.get("http://a.example/");
        rig.answer(HELLO);
        rig.advance(Duration.ofSeconds(16));
        assertTrue(rig.origin().sawFin());
    }

    @Test
    void waitsForItsTurnAtTheLimit() {
        rig(new ClientRig(b -> b.limits(HttpClientLimits.builder()
                .connectionsPerOrigin(1)
                .waitingPerOrigin(1)
                .build())));
        Recorder first = rig.get("http://a.example/1");
        Recorder second = rig.get("http://a.example/2");
        Recorder third = rig.get("http://a.example/3");
        assertEquals(List.of("closed BUSY"), third.events);
        rig.answer(HELLO);
        assertEquals(3, first.events.size());
        assertTrue(rig.answer(HELLO).startsWith("GET /2 "));
        assertEquals(3, second.events.size());
        assertEquals(1, rig.dialed.size());
    }

    @Test
    void dialsForWhoWaitsWhenAConnectionGoes() {
        rig(new ClientRig(
                b -> b.limits(HttpClientLimits.builder().connectionsPerOrigin(1).build())));
        rig.get("http://a.example/1");
        Recorder second = rig.get("http://a.example/2");
        rig.answer("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        assertEquals(2, rig.dialed.size());
        assertTrue(rig.answer(HELLO).startsWith("GET /2 "));
        assertEquals("closed 200", second.events.get(2));
    }

    @Test
    void asksAgainWhenAKeptConnectionWasDead() {
        rig.get("http://a.example/1");
        rig.answer(HELLO);
        Recorder second = rig.get("http://a.example/2");
        rig.origin().fin();
        rig.settle();
        assertEquals(2, rig.dialed.size());
        assertTrue(rig.answer(HELLO).startsWith("GET /2 "));
        assertEquals("closed 200", second.events.get(2));
    }

    @Test
    void doesNotAskAgainForWhatMayHaveHappened() {
        rig.get("http://a.example/1");
        rig.answer(HELLO);
        Recorder second = rig.ask(ClientRequest.post("http://a.example/2", RequestBody.text("text/plain", "pay")));
        rig.origin().fin();
        rig.settle();
        assertEquals(List.of("closed CONNECTION_LOST"), second.events);
    }

    @Test
    void doesNotAskAgainOnceAnAnswerHasBegun() {
        rig.get("http://a.example/1");
        rig.answer(HELLO);
        Recorder second = rig.get("http://a.example/2");
        rig.answer("HTTP/1.1 2");
        rig.origin().fin();
        rig.settle();
        assertEquals(List.of("closed CONNECTION_LOST"), second.events);
    }

    @Test
    void tellsALossInTheMiddle() {
        Recorder heard = rig.get("http://a.example/");
        rig.answer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
        rig.origin().fin();
        rig.settle();
        assertEquals(List.of("response 200", "closed CONNECTION_LOST"), heard.events);
    }

    @Test
    void tellsWhatIsUnreachable() {
        rig.unreachable = true;
        assertEquals(List.of("closed CONNECT"), rig.get("http://a.example/").events);
    }

    @Test
    void sendsContentOfKnownLength() {
        Recorder heard = rig.ask(ClientRequest.post("http://a.example/", RequestBody.text("text/plain", "abc")));
        assertEquals(
                "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Type: text/plain\r\n"
                        + "Accept-Encoding: gzip, deflate\r\nContent-Length: 3\r\n\r\nabc",
                rig.answer(EMPTY));
        assertEquals("closed 200", heard.events.get(2));
    }

    @Test
    void saysThatAPostHasNoContent() {
        rig.ask(ClientRequest.builder(HttpMethod.POST, "http://a.example/").build());
        assertEquals(
                "POST / HTTP/1.1\r\nHost: a.example\r\nAccept-Encoding: gzip, deflate\r\nContent-Length: 0\r\n\r\n",
                rig.answer(EMPTY));
    }

    @Test
    void streamsContentAsFarAsTheOriginTakesIt() {
        int megabytes = 4;
        Recorder streaming = new Recorder() {
            private int left = megabytes << 4;

            @Override
            public void onWriteable(HttpExchange<Void> http, HttpTx tx) {
                while (left > 0 && tx.isReady()) {
                    tx.write(ByteBuffer.allocate(1 << 16));
                    left--;
                }
                if (left == 0) {
                    tx.finish();
                } else {
                    http.requestWriteable();
                }
            }
        };
        rig.ask(ClientRequest.post("http://a.example/", RequestBody.streamed("x/y", megabytes << 20)), streaming);
        long bytes = 0;
        for (int n = 1; n > 0; bytes += n) {
            n = rig.origin().received().length;
            rig.settle();
        }
        assertTrue(bytes > megabytes << 20, "head and content, not " + bytes);
        rig.answer(EMPTY);
        assertEquals("closed 200", streaming.events.get(2));
    }

    @Test
    void streamsContentOfUnknownLengthInChunks() {
        Recorder streaming = new Recorder() {
            @Override
            public void onWriteable(HttpExchange<Void> http, HttpTx tx) {
                tx.write(StandardCharsets.US_ASCII.encode("hello"));
                tx.finish();
            }
        };
        rig.ask(
                ClientRequest.post("http://a.example/", RequestBody.streamed("", RequestBody.UNKNOWN_LENGTH)),
                streaming);
        String asked = rig.answer(EMPTY);
        assertTrue(asked.endsWith("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"), asked);
    }

    @Test
    void holdsContentBackUntilTheOriginAgrees() {
        ClientRequest request = ClientRequest.builder(HttpMethod.PUT, "http://a.example/")
                .body(RequestBody.text("text/plain", "abc"))
                .expectContinue()
                .build();
        rig.ask(request);
        assertFalse(rig.answer("HTTP/1.1 100 Continue\r\n\r\n").contains("abc"));
        assertEquals("abc", rig.answer(EMPTY));
        rig.ask(request);
        assertFalse(rig.origin().receivedText().contains("abc"));
        rig.advance(Duration.ofSeconds(2));
        assertEquals("abc", rig.answer(EMPTY));
    }

    @Test
    void asksWithoutExpectationWhereThatFails() {
        rig.ask(ClientRequest.builder(HttpMethod.PUT, "http://a.example/")
                .body(RequestBody.text("text/plain", "abc"))
                .expectContinue()
                .build());
        assertTrue(rig.answer("HTTP/1.1 417 no\r\nContent-Length: 0\r\n\r\n").contains("\r\nExpect: 100-continue\r\n"));
        assertTrue(rig.answer(EMPTY).endsWith("\r\n\r\nabc"));
    }

    @Test
    void givesInterimResponsesAndTrailers() {
        Recorder heard = rig.get("http://a.example/");
        rig.answer("HTTP/1.1 103 x\r\nLink: y\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "2\r\nab\r\n0\r\nDigest: z\r\n\r\n");
        assertEquals(List.of("interim 103", "response 200", "complete 'ab' digest", "closed 200"), heard.events);
    }

    /** Of any length, such as progress that is told for as long as the work takes; but not as many as fit into the wire. */
    @Test
    void hearsASeriesOfInterimResponsesThatIsNotTooFast() {
        Recorder heard = rig.get("http://a.example/");
        String many = "HTTP/1.1 102 x\r\n\r\n".repeat(100);
        for (int i = 0; i < 5; i++) {
            rig.answer(many);
            rig.advance(Duration.ofSeconds(1));
        }
        rig.answer(EMPTY);
        assertEquals(500 + List.of("response 200", "complete ''", "closed 200").size(), heard.events.size());
        assertEquals("closed 200", heard.events.get(heard.events.size() - 1));
        Recorder next = rig.get("http://a.example/");
        rig.answer(many + "HTTP/1.1 102 x\r\n\r\n");
        assertEquals("closed BAD_RESPONSE", next.events.get(100));
    }

    @Test
    void readsNoContentBehindHead() {
        Recorder heard = rig.ask(
                ClientRequest.builder(HttpMethod.HEAD, "http://a.example/").build());
        rig.answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
        assertEquals(List.of("response 200", "complete ''", "closed 200"), heard.events);
    }

    @Test
    void readsOnlyAsFastAsItIsWanted() {
        Recorder slow = new Recorder();
        slow.onBody = HttpExchange::pauseRx;
        HttpExchange<Void> http = rig.client.exchange(ClientRequest.get("http://a.example/"), slow);
        rig.settle();
        rig.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n0\r\n\r\n");
        assertEquals("a", slow.body.toString());
        rig.advance(Duration.ofMinutes(1));
        http.resumeRx();
        rig.settle();
        assertEquals("ab", slow.body.toString());
        assertEquals(List.of("response 200"), slow.events, "the end is held as well");
        http.resumeRx();
        rig.settle();
        assertEquals(List.of("response 200", "complete 'ab'", "closed 200"), slow.events);
    }

    @Test
    void givesUpSilentOrigins() {
        rig(new ClientRig(b -> b.timeouts(HttpTimeouts.builder()
                .headers(Duration.ofSeconds(3))
                .idle(Duration.ofSeconds(2))
                .total(Duration.ofSeconds(20))
                .build())));
        Recorder silent = rig.get("http://a.example/");
        rig.advance(Duration.ofSeconds(4));
        assertEquals(List.of("closed TIMEOUT"), silent.events);
        Recorder stalled = rig.get("http://a.example/");
        rig.answer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab");
        rig.advance(Duration.ofSeconds(1));
        rig.answer("c");
        rig.advance(Duration.ofMillis(1500));
        assertEquals(List.of("response 200"), stalled.events);
        rig.advance(Duration.ofSeconds(2));
        rig.advance(Duration.ofSeconds(2));
        assertEquals(List.of("response 200", "closed TIMEOUT"), stalled.events);
        Recorder dripping = rig.get("http://a.example/");
        rig.answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
        for (int i = 0; i < 21; i++) {
            rig.answer("x");
            rig.advance(Duration.ofSeconds(1));
        }
        assertEquals(List.of("response 200", "closed TIMEOUT"), dripping.events);
    }

    @Test
    void givesUpWaitingForAConnection() {
        rig(new ClientRig(b ->
                b.timeouts(HttpTimeouts.builder().total(Duration.ofSeconds(2)).build())));
        rig.slow = true;
        Recorder waiting = rig.get("http://a.example/");
        rig.advance(Duration.ofSeconds(3));
        assertEquals(List.of("closed TIMEOUT"), waiting.events);
        rig.client.close();
        rig.settle();
        assertEquals(List.of("http://a.example:80", "given up"), rig.dialed);
    }

    @Test
    void failsFuturesWithAReason() {
        rig(new ClientRig(
                b -> b.limits(HttpClientLimits.builder().responseBytes(4).build())));
        CompletableFuture<ClientResponse> tooLong = rig.client.get("http://a.example/");
        rig.settle();
        rig.answer(HELLO);
        CompletionException thrown = assertThrows(CompletionException.class, tooLong::join);
        assertEquals(Reason.TOO_LARGE, ((HttpClientException) thrown.getCause()).reason());
    }

    @Test
    void cancelsWithTheFuture() {
        CompletableFuture<ClientResponse> future = rig.client.get("http://a.example/");
        rig.settle();
        future.cancel(false);
        rig.settle();
        assertTrue(
                rig.origin().isClosed() || rig.origin().sawFin() || rig.origin().sawReset());
    }

    @Test
    void survivesACallbackThatThrows() {
        Recorder throwing = new Recorder();
        throwing.onBody = http -> {
            throw new IllegalStateException("callback");
        };
        rig.ask(ClientRequest.get("http://a.example/"), throwing);
        rig.answer(HELLO);
        assertEquals(List.of("response 200", "closed CANCELLED"), throwing.events);
        rig.get("http://a.example/");
        assertEquals(2, rig.dialed.size());
        rig.answer(HELLO);
    }

    @Test
    void dropsAConnectionThatSpeaksUnasked() {
        rig.get("http://a.example/");
        rig.answer(HELLO);
        rig.origin().send("HTTP/1.1 408 x\r\n\r\n");
        rig.settle();
        Recorder next = rig.get("http://a.example/");
        assertEquals(2, rig.dialed.size());
        rig.answer(HELLO);
        assertEquals("closed 200", next.events.get(2));
    }

    @Test
    void pipelinesOnceTheOriginHasShownThatItKeepsConnections() {
        rig(new ClientRig(b -> b.limits(HttpClientLimits.builder()
                .connectionsPerOrigin(1)
                .pipelineDepth(3)
                .build())));
        rig.get("http://a.example/0");
        Recorder first = rig.get("http://a.example/1");
        assertFalse(rig.origin().receivedText().contains("GET /1 "), "not proven yet");
        rig.answer(HELLO);
        Recorder second = rig.get("http://a.example/2");
        Recorder post = rig.ask(ClientRequest.post("http://a.example/3", RequestBody.text("a/b", "x")));
        String asked = rig.answer(HELLO + HELLO);
        assertTrue(asked.contains("GET /1 ") && asked.contains("GET /2 ") && !asked.contains("/3"), asked);
        assertEquals("closed 200", first.events.get(2));
        assertEquals("closed 200", second.events.get(2));
        rig.answer(HELLO);
        assertEquals("closed 200", post.events.get(2));
    }

    @Test
    void asksAgainForWhatWasPipelinedInVain() {
        rig(new ClientRig(b -> b.limits(HttpClientLimits.builder()
                .connectionsPerOrigin(1)
                .pipelineDepth(3)
                .build())));
        rig.get("http://a.example/0");
        rig.answer(HELLO);
        Recorder first = rig.get("http://a.example/1");
        Recorder second = rig.get("http://a.example/2");
        rig.answer("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        assertEquals("closed 200", first.events.get(2));
        assertEquals(2, rig.dialed.size());
        assertTrue(rig.answer(HELLO).startsWith("GET /2 "));
        assertEquals("closed 200", second.events.get(2));
    }

    @Test
    void failsWhatComesAfterTheEnd() {
        rig.client.close();
        assertEquals(List.of("closed CLOSED"), rig.get("http://a.example/").events);
    }

    @Test
    void refusesWhatIsNotTheCallers() {
        for (String name : List.of("Host", "Content-Length", "transfer-encoding", "Connection", "Upgrade", "TE")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> ClientRequest.builder(HttpMethod.GET, "http://a.example/")
                            .header(name, "x"),
                    name);
        }
        for (String uri : List.of("ftp://a/", "/p", "http://", "http://a b/", "http://a:99999/", "http://a:0/", "x")) {
            assertThrows(IllegalArgumentException.class, () -> ClientRequest.get(uri), uri);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> rig.client.send(ClientRequest.post("http://a.example/", RequestBody.streamed("", 1))));
    }

    @Test
    void sendsWhatUrisMean() {
        assertEquals(
                "http://a.example/", ClientRequest.get("HTTP://A.EXAMPLE:80").uri());
        assertEquals(
                "https://[::1]:8443/a?b",
                ClientRequest.get("https://[::1]:8443/a?b#c").uri());
        assertEquals(
                "http://xn--bcher-kva.example/%C3%A4",
                ClientRequest.get("http://b\u00fccher.example/\u00e4").uri());
        assertEquals(
                "http://a_b.example/",
                ClientRequest.get("http://u:p@a_b.example").uri());
    }
}
