package io.lws.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo.Initiator;
import io.lws.Limits;
import io.lws.http.Headers;
import io.lws.http.HttpLimits;
import io.lws.http.Mount;
import io.lws.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every wait ends, and a drip does not make it longer. */
class H1TimeoutTest {
    private static final HttpLimits LIMITS = HttpLimits.builder()
            .headerTimeout(Duration.ofSeconds(10))
            .bodyTimeout(Duration.ofSeconds(5))
            .bodyBytesPerSecond(100)
            .keepAliveTimeout(Duration.ofSeconds(7))
            .build();

    private final Probe probe = Probe.echoingContent();

    private HttpRig rig() {
        return new HttpRig(vhost -> vhost.option(LIMITS).protocol("p", (owner, options) -> probe));
    }

    @Test
    void closesAConnectionThatSendsNothing() {
        try (HttpRig rig = rig()) {
            MemoryTransport client = rig.connect();
            rig.advance(Duration.ofMillis(9_900));
            assertFalse(client.sawFin());
            rig.advance(Duration.ofMillis(200));
            assertTrue(client.sawFin());
            assertEquals("", client.receivedText());
        }
    }

    @Test
    void countsTheHeaderTimeoutFromTheFirstByte() {
        try (HttpRig rig = rig()) {
            MemoryTransport client = rig.connect();
            rig.advance(Duration.ofSeconds(8));
            String head = "GET / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(50);
            for (int i = 0; i < 9; i++) {
                client.send(head.substring(i, i + 1));
                rig.advance(Duration.ofSeconds(1));
            }
            assertEquals("", client.receivedText());
            client.send("H");
            rig.advance(Duration.ofSeconds(1));
            assertEquals(408, Answer.one(client.receivedText()).status());
            assertTrue(client.sawFin());
        }
    }

    @Test
    void countsTheHeaderTimeoutAnewForEachRequest() {
        try (HttpRig rig = rig()) {
            MemoryTransport client = rig.connect();
            for (int i = 0; i < 4; i++) {
                client.send("GET / HTTP/1.1\r\n");
                rig.advance(Duration.ofSeconds(6));
                client.send("Host: x\r\n\r\n");
                rig.advance(Duration.ofSeconds(6));
                assertEquals(200, Answer.one(client.receivedText()).status());
            }
            assertFalse(client.sawFin());
        }
    }

    @Test
    void closesAnIdleConnectionAfterTheKeepAliveTimeout() {
        try (HttpRig rig = rig()) {
            MemoryTransport client = rig.connect();
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            assertEquals(200, Answer.one(client.receivedText()).status());
            rig.advance(Duration.ofMillis(6_900));
            assertFalse(client.sawFin());
            rig.advance(Duration.ofMillis(200));
            assertTrue(client.sawFin());
            assertEquals("", client.receivedText());
        }
    }

    /** Not even the first byte comes: the wait begins with the head, not with the first piece. */
    @Test
    void answers408WhenNoContentComes() {
        try (HttpRig rig = rig()) {
            MemoryTransport client = rig.connect();
            client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n");
            rig.advance(Duration.ofMillis(4_900));
            assertEquals("", client.receivedText());
            rig.advance(Duration.ofMillis(200));
            assertEquals(408, Answer.one(client.receivedText()).status());
        }
        assertEquals(
                List.of(Initiator.TIMEOUT),
                probe.closed.stream().map(info -> info.initiator()).toList());
    }

    @Test
    void answers408WhenContentDrips() {
        try (HttpRig rig = rig()) {
            MemoryTransport client = rig.connect();
            client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
            int sent = 0;
            while (!client.sawFin() && sent < 30) {
                client.send("x");
                sent++;
                rig.advance(Duration.ofSeconds(1));
            }
            assertEquals(408, Answer.one(client.receivedText()).status());
            assertTrue(sent <= 6, sent + " seconds");
        }
    }

    @Test
    void takesSlowContentAtTheRateThatIsAllowed() {
        try (HttpRig rig = rig()) {
            MemoryTransport client = rig.connect();
            client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n");
            for (int i = 0; i < 50; i++) {
                client.send("x".repeat(100));
                rig.advance(Duration.ofSeconds(1));
            }
            assertEquals(5000, Answer.one(client.receivedText()).body().length());
        }
    }

    /** Who is not read from cannot be late. */
    @Test
    void waitsForAProtocolThatHasPaused() {
        try (HttpRig rig = rig()) {
            MemoryTransport client = rig.connect();
            client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabc");
            rig.settle();
            probe.last().execute(() -> probe.last().pauseRx());
            rig.advance(Duration.ofMinutes(5));
            assertEquals("", client.receivedText());
            probe.last().execute(() -> probe.last().resumeRx());
            rig.advance(Duration.ofSeconds(4));
            client.send("def");
            rig.settle();
            assertEquals("abcdef", Answer.one(client.receivedText()).body());
        }
    }

    @Test
    void waitsForAnAnswerAsLongAsTheProtocolTakes() {
        probe.onBodyComplete = http -> {};
        try (HttpRig rig = rig()) {
            MemoryTransport client = rig.connect();
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.advance(Duration.ofMinutes(10));
            probe.last().execute(() -> probe.last().respond(200, "text/plain", "at last"));
            rig.settle();
            assertEquals("at last", Answer.one(client.receivedText()).body());
        }
    }

    @Test
    void dropsAClientThatTakesNoOutput() {
        probe.onBodyComplete = http -> {
            http.start(200, Headers.EMPTY, 1 << 20);
            http.requestWriteable();
        };
        probe.onWriteable = (http, tx) -> {
            tx.write(ByteBuffer.wrap(new byte[64 << 10]));
            http.requestWriteable();
        };
        Limits limits = Limits.builder().sendTimeout(Duration.ofSeconds(3)).build();
        try (HttpRig rig = new HttpRig(limits, List.of(), vhost -> vhost.protocol("p", (owner, options) -> probe))) {
            MemoryTransport server = rig.open().refuse();
            server.peer().send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            rig.advance(Duration.ofMillis(2_900));
            assertEquals(0, probe.closed.size());
            rig.advance(Duration.ofMillis(200));
            assertEquals(Initiator.TIMEOUT, probe.closed.get(0).initiator());
            assertTrue(server.isClosed());
        }
    }

    // ---- the end of the context

    @Test
    void finishesWhatIsBegunWhenTheContextDrains() {
        probe.onBodyComplete = http -> {};
        try (HttpRig rig = rig()) {
            MemoryTransport client = rig.connect();
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            rig.net().drain();
            rig.settle();
            assertFalse(client.sawFin());
            probe.last().execute(() -> probe.last().respond(200, "text/plain", "done"));
            rig.settle();
            Answer answer = Answer.one(client.receivedText());
            assertEquals("done", answer.body());
            assertEquals("close", answer.field("connection"));
            assertTrue(client.sawFin());
        }
    }

    /** Closing an idle connection at once would meet requests that are on their way. */
    @Test
    void saysFarewellWithTheNextAnswerWhenTheContextRetires() {
        try (HttpRig rig = rig()) {
            MemoryTransport fresh = rig.connect();
            MemoryTransport kept = rig.connect();
            kept.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            kept.received();
            rig.net().retire();
            rig.advance(Duration.ofSeconds(6));
            for (MemoryTransport each : List.of(kept, fresh)) {
                assertFalse(each.sawFin());
                each.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                rig.settle();
                assertEquals("close", Answer.one(each.receivedText()).field("connection"));
                assertTrue(each.sawFin());
            }
        }
    }

    @Test
    void saysFarewellInAnAnswerThatIsDueWhenTheContextRetires() {
        probe.onBodyComplete = http -> {};
        try (HttpRig rig = rig()) {
            MemoryTransport client = rig.connect();
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            rig.net().retire();
            probe.last().execute(() -> probe.last().respond(200, "text/plain", "done"));
            rig.settle();
            assertEquals("close", Answer.one(client.receivedText()).field("connection"));
            assertTrue(client.sawFin());
        }
    }

    @Test
    void closesIdleConnectionsWhenTheContextDrains() {
        try (HttpRig rig = rig()) {
            MemoryTransport idle = rig.connect();
            idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            idle.received();
            rig.net().drain();
            rig.advance(Duration.ofMillis(1));
            assertTrue(idle.sawFin());
        }
    }

    /** A request that is on its way when the context begins to close gets its answer. */
    @Test
    void answersWhatIsOnItsWayWhenTheContextDrains() {
        try (HttpRig rig = rig()) {
            MemoryTransport fresh = rig.connect();
            MemoryTransport kept = rig.connect();
            kept.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            kept.received();
            kept.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.net().drain();
            rig.settle();
            fresh.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            for (MemoryTransport each : List.of(kept, fresh)) {
                Answer answer = Answer.one(each.receivedText());
                assertEquals(200, answer.status());
                assertEquals("close", answer.field("connection"));
                assertTrue(each.sawFin());
            }
        }
    }

    /** Of the mount that has answered last, or of the vhost. */
    @Test
    void keepsAConnectionAsLongAsItsMountSays() {
        Mount patient = Mount.redirect("/patient", "/").keepAlive(Duration.ofSeconds(30));
        Mount other = Mount.redirect("/other", "/");
        try (HttpRig rig = new HttpRig(vhost -> vhost.mount(patient).mount(other))) {
            MemoryTransport client = rig.connect();
            client.send("GET /patient HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.advance(Duration.ofSeconds(29));
            assertFalse(client.sawFin());
            client.send("GET /other HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.advance(Duration.ofSeconds(14));
            assertFalse(client.sawFin());
            rig.advance(Duration.ofSeconds(2));
            assertTrue(client.sawFin());
        }
    }
}
