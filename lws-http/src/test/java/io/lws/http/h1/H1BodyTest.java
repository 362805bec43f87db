package io.lws.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo.Initiator;
import io.lws.http.Headers;
import io.lws.http.HttpLimits;
import io.lws.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Content of requests: streamed, paused, refused, left unread. */
class H1BodyTest {
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    private static String post(int length, String more) {
        return "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n" + more + "\r\n";
    }

    private static final String CHUNKED = "POST /p HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

    @Test
    void handsOnFixedContentInPieces() {
        Probe probe = Probe.echoingContent();
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send(post(6, "") + "ab");
            rig.settle();
            client.send("cd");
            rig.settle();
            assertEquals(List.of("request POST /p", "body ab", "body cd"), probe.events);
            client.send("efGET /n HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            List<Answer> answers = Answer.all(client.receivedText());
            assertEquals(
                    List.of("abcdef", ""), answers.stream().map(Answer::body).toList());
        }
    }

    @Test
    void handsOnChunkedContentWithoutItsFraming() {
        Probe probe = Probe.echoingContent();
        try (HttpRig rig = HttpRig.of(probe)) {
            String wire = CHUNKED + "3;x=y\r\nabc\r\n10\r\n0123456789abcdef\r\n0\r\nX-T: t\r\n\r\n"
                    + "GET /n HTTP/1.1\r\nHost: x\r\n\r\n";
            List<Answer> answers = Answer.all(rig.exchange(wire));
            assertEquals(
                    List.of("abc0123456789abcdef", ""),
                    answers.stream().map(Answer::body).toList());
            MemoryTransport server = rig.open().deliverPerRead(1);
            server.peer().send(wire);
            rig.settle();
            assertEquals(
                    "abc0123456789abcdef",
                    Answer.all(server.peer().receivedText()).get(0).body());
        }
    }

    @Test
    void stopsContentWhilePaused() {
        Probe probe = Probe.echoingContent();
        probe.onBody = (http, rx) -> http.pauseRx();
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send(CHUNKED + "1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n");
            rig.settle();
            assertEquals(List.of("request POST /p", "body a"), probe.events);
            for (int i = 0; i < 3; i++) {
                probe.last().execute(() -> probe.last().resumeRx());
                rig.settle();
            }
            assertEquals(
                    List.of("request POST /p", "body a", "body b", "body c", "complete", "closed LOCAL 200"),
                    probe.events);
            assertEquals("abc", Answer.one(client.receivedText()).body());
        }
    }

    /** Who pauses in the last piece is told of the end when it resumes, not before. */
    @Test
    void holdsTheEndBackWhilePaused() {
        Probe probe = Probe.echoingContent();
        probe.onBody = (http, rx) -> http.pauseRx();
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send(post(3, "") + "abcGET /n HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            assertEquals(List.of("request POST /p", "body abc"), probe.events);
            probe.last().execute(() -> probe.last().resumeRx());
            rig.settle();
            assertEquals(2, Answer.all(client.receivedText()).size());
            assertEquals("complete", probe.events.get(2));
        }
    }

    /** The end of its input is no end in the middle of a request that has come whole. */
    @Test
    void answersAClientThatHasEndedItsInputWhileTheEndOfTheContentWasHeldBack() {
        Probe probe = new Probe();
        probe.onRequest = http -> {
            http.start(200, Headers.EMPTY, -1);
            http.requestWriteable();
        };
        probe.onBody = (http, rx) -> http.pauseRx();
        probe.onWriteable = (http, tx) -> {
            tx.write(ByteBuffer.wrap(new byte[] {'x'}));
            if (probe.events.contains("complete")) {
                tx.finish();
            }
        };
        probe.onBodyComplete = http -> http.requestWriteable();
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport server = rig.open().refuse();
            server.peer().send(post(3, "") + "abc");
            rig.settle();
            probe.last().execute(() -> probe.last().resumeRx());
            server.peer().fin();
            rig.settle();
            server.allow();
            rig.settle();
            assertEquals(List.of("request POST /p", "body abc", "complete", "closed LOCAL 200"), probe.events);
            assertTrue(server.peer().receivedText().endsWith("0\r\n\r\n"));
        }
    }

    @Test
    void isIdleOnceItHasAnsweredARequestWhoseEndWasHeldBack() {
        Probe probe = new Probe();
        probe.onBody = (http, rx) -> {
            http.pauseRx();
            http.requestWriteable();
        };
        probe.onWriteable = (http, tx) -> http.respond(200, "text/plain", "enough");
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send(post(3, "") + "abc");
            rig.settle();
            assertEquals(List.of("request POST /p", "body abc", "closed LOCAL 200"), probe.events);
            rig.net().drain();
            rig.advance(Duration.ofMillis(1));
            assertTrue(client.sawFin());
        }
    }

    @Test
    void resumesForTheNextRequestWhatAProtocolLeftPaused() {
        Probe probe = new Probe();
        probe.onBody = (http, rx) -> {
            http.pauseRx();
            http.respond(200, "text/plain", "enough");
        };
        try (HttpRig rig = HttpRig.of(probe)) {
            String wire = post(10, "") + "abcdefghij";
            MemoryTransport server = rig.open().deliverPerRead(100);
            server.peer().send(wire.repeat(2));
            rig.settle();
            assertEquals(2, Answer.all(server.peer().receivedText()).size());
        }
    }

    /** A pause in a request without content must not hide that the client has gone. */
    @Test
    void seesTheClientGoAlthoughPausedWithoutContent() {
        Probe probe = new Probe();
        probe.onRequest = http -> http.pauseRx();
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            client.reset();
            rig.settle();
            assertEquals(1, probe.closed.size());
        }
    }

    @Test
    void asksForContentThatIsExpected() {
        Probe probe = Probe.echoingContent();
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send(post(2, "Expect: 100-continue\r\n"));
            rig.settle();
            assertEquals(CONTINUE, client.receivedText());
            client.send("hi");
            rig.settle();
            Answer answer = Answer.one(client.receivedText());
            assertEquals("hi", answer.body());
            assertEquals("", answer.field("connection"));
        }
    }

    @Test
    void asksForNoContentWhereThereIsNoneOrTheClientIsOld() {
        try (HttpRig rig = HttpRig.of(Probe.echoingContent())) {
            assertEquals(
                    200,
                    Answer.one(rig.exchange(post(0, "Expect: 100-continue\r\n")))
                            .status());
            assertEquals(
                    200,
                    Answer.one(rig.exchange("POST / HTTP/1.0\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\na"))
                            .status());
        }
    }

    /** Whether the content follows is then the client's choice, so no second request may be read behind it. */
    @Test
    void closesAfterAnsweringInsteadOfAskingForContent() {
        try (HttpRig rig = HttpRig.of(Probe.echoingPaths())) {
            MemoryTransport client = rig.connect();
            client.send(post(2, "Expect: 100-continue\r\n"));
            rig.settle();
            Answer answer = Answer.one(client.receivedText());
            assertEquals(200, answer.status());
            assertEquals("close", answer.field("connection"));
            assertTrue(client.sawFin());
        }
    }

    @Test
    void asksForContentWhenAPausedProtocolResumes() {
        Probe probe = Probe.echoingContent();
        probe.onRequest = http -> http.pauseRx();
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send(post(2, "Expect: 100-continue\r\n"));
            rig.settle();
            assertEquals("", client.receivedText());
            probe.last().execute(() -> probe.last().resumeRx());
            rig.settle();
            assertEquals(CONTINUE, client.receivedText());
            client.send("ok");
            rig.settle();
            assertEquals("ok", Answer.one(client.receivedText()).body());
        }
    }

    @Test
    void refusesOtherExpectations() {
        try (HttpRig rig = HttpRig.of(Probe.echoingContent())) {
            assertEquals(
                    417,
                    Answer.one(rig.exchange(post(2, "Expect: the-unexpected\r\n")))
                            .status());
        }
    }

    @Test
    void refusesContentThatIsDeclaredTooLarge() {
        Probe probe = Probe.echoingContent();
        HttpLimits ten = HttpLimits.builder().bodyBytes(10).build();
        try (HttpRig rig = new HttpRig(vhost -> vhost.option(ten).protocol("p", (owner, options) -> probe))) {
            assertEquals(
                    200, Answer.one(rig.exchange(post(10, "") + "0123456789")).status());
            MemoryTransport client = rig.connect();
            client.send(post(11, "Expect: 100-continue\r\n"));
            rig.settle();
            Answer answer = Answer.one(client.receivedText());
            assertEquals(413, answer.status());
            assertEquals("close", answer.field("connection"));
            assertTrue(client.sawFin());
        }
        assertEquals(1, probe.closed.size());
    }

    @Test
    void refusesContentThatBecomesTooLarge() {
        Probe probe = Probe.echoingContent();
        HttpLimits ten = HttpLimits.builder().bodyBytes(10).build();
        try (HttpRig rig = new HttpRig(vhost -> vhost.option(ten).protocol("p", (owner, options) -> probe))) {
            assertEquals(
                    413,
                    Answer.one(rig.exchange(CHUNKED + "6\r\nabcdef\r\n5\r\n")).status());
        }
        assertEquals(Initiator.PROTOCOL, probe.closed.get(0).initiator());
        assertEquals(413, probe.closed.get(0).code());
    }

    @Test
    void tellsOfMalformedContentOnceAndWithItsStatus() {
        Probe probe = Probe.echoingContent();
        try (HttpRig rig = HttpRig.of(probe)) {
            assertEquals(400, Answer.one(rig.exchange(CHUNKED + "3\r\nabcX")).status());
        }
        assertEquals(List.of("request POST /p", "body abc", "closed PROTOCOL 400"), probe.events);
    }

    /** Nothing may be answered to content whose request has its answer already. */
    @Test
    void answersOnceAlthoughTheRestOfTheContentIsMalformed() {
        try (HttpRig rig = HttpRig.of(Probe.echoingPaths())) {
            MemoryTransport client = rig.connect();
            client.send(CHUNKED + "3\r\nab");
            rig.settle();
            client.send("cX");
            rig.settle();
            assertEquals("/p", Answer.one(client.receivedText()).body());
            assertTrue(client.sawFin());
        }
    }

    @Test
    void keepsTheConnectionWhenLittleContentIsLeftUnread() {
        Probe probe = Probe.echoingPaths();
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send(post(1000, "") + "a".repeat(500));
            rig.settle();
            client.send("a".repeat(500) + "GET /n HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            List<Answer> answers = Answer.all(client.receivedText());
            assertEquals(List.of("/p", "/n"), answers.stream().map(Answer::body).toList());
            assertFalse(client.sawFin());
        }
        assertFalse(probe.events.toString().contains("body"), probe.events.toString());
    }

    @Test
    void saysThatItClosesWhenMuchContentIsLeftUnread() {
        try (HttpRig rig = HttpRig.of(Probe.echoingPaths())) {
            MemoryTransport client = rig.connect();
            client.send(post(500_000, "") + "a".repeat(500));
            rig.settle();
            assertEquals("close", Answer.one(client.receivedText()).field("connection"));
            assertTrue(client.sawFin());
        }
    }

    @Test
    void closesWhenChunksThatNobodyReadsGoOn() {
        try (HttpRig rig = HttpRig.of(Probe.echoingPaths())) {
            MemoryTransport client = rig.connect();
            client.send(CHUNKED + ("1000\r\n" + "a".repeat(4096) + "\r\n").repeat(20));
            rig.settle();
            assertEquals(200, Answer.one(client.receivedText()).status());
            assertTrue(client.sawFin());
        }
    }

    @Test
    void tellsTheProtocolOnceWhenTheClientEndsInTheMiddle() {
        Probe probe = Probe.echoingContent();
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send(post(10, "") + "abc");
            rig.settle();
            client.fin();
            rig.settle();
            assertEquals("", client.receivedText());
        }
        assertEquals(List.of("request POST /p", "body abc", "closed NETWORK 0"), probe.events);
    }

    @Test
    void tellsTheProtocolOnceWhenTheClientBreaksOffInTheMiddle() {
        Probe probe = Probe.echoingContent();
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send(post(10, "") + "abc");
            rig.settle();
            client.reset();
            rig.settle();
        }
        assertEquals(List.of("request POST /p", "body abc", "closed NETWORK 0"), probe.events);
    }
}
