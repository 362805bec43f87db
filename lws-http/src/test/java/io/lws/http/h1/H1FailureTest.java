package io.lws.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.CloseInfo.Initiator;
import io.lws.ProtocolException;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocols that throw, in each callback, before and after they have answered. */
class H1FailureTest {
    private static final String POST = "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab";
    private static final RuntimeException OURS = new IllegalStateException("thrown by the test");

    static Stream<Arguments> throwers() {
        return Stream.of(
                Arguments.of("onRequest", set(probe -> probe.onRequest = http -> fail())),
                Arguments.of("onBody", set(probe -> probe.onBody = (http, rx) -> fail())),
                Arguments.of("onBodyComplete", set(probe -> probe.onBodyComplete = http -> fail())),
                Arguments.of("onWriteable", set(probe -> {
                    probe.onRequest = HttpTransaction::requestWriteable;
                    probe.onWriteable = (http, tx) -> fail();
                })),
                Arguments.of("task", set(probe -> probe.onRequest = http -> http.execute(H1FailureTest::fail))));
    }

    private static Consumer<Probe> set(Consumer<Probe> how) {
        return how;
    }

    private static void fail() {
        throw OURS;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("throwers")
    void answers500WhenNothingWasAnswered(String where, Consumer<Probe> how) {
        Probe probe = new Probe();
        how.accept(probe);
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send(POST);
            rig.settle();
            Answer answer = Answer.one(client.receivedText());
            assertEquals(500, answer.status());
            assertEquals("close", answer.field("connection"));
            assertTrue(!answer.body().contains("thrown by the test"), answer.body());
            assertTrue(client.sawFin());
        }
        assertEquals(1, probe.closed.size());
        assertEquals(Initiator.CALLBACK, probe.closed.get(0).initiator());
        assertSame(OURS, probe.closed.get(0).cause());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "transfer-encoding", "CONNECTION", "Date"})
    void refusesAnAnswerWithFieldsThatFrameIt(String name) {
        Probe probe = new Probe();
        probe.onRequest = http -> http.respond(200, Headers.of("a", "b", name, "1"), new byte[0]);
        try (HttpRig rig = HttpRig.of(probe)) {
            assertEquals(
                    500,
                    Answer.one(rig.exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n"))
                            .status());
        }
        assertTrue(probe.closed.get(0).cause() instanceof IllegalArgumentException);
    }

    @Test
    void answersInOrderBeforeTheOneThatFails() {
        Probe probe = Probe.echoingPaths();
        var echo = probe.onRequest;
        probe.onRequest = http -> {
            echo.accept(http);
            if (http.request().path().equals("/2")) {
                fail();
            }
        };
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n"
                    + "GET /3 HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            // the second one's answer was whole when it threw
            assertEquals(2, Answer.all(client.receivedText()).size());
            assertTrue(client.sawFin());
        }
        assertEquals(2, probe.closed.size());
        assertEquals(Initiator.CALLBACK, probe.closed.get(1).initiator());
    }

    @Test
    void cutsAnAnswerThatHasBegun() {
        Probe probe = new Probe();
        probe.onRequest = http -> {
            http.start(200, Headers.EMPTY, -1);
            http.requestWriteable();
        };
        probe.onWriteable = (http, tx) -> {
            tx.write(ByteBuffer.wrap(new byte[] {'x'}));
            fail();
        };
        try (HttpRig rig = HttpRig.of(probe)) {
            String wire = rig.exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertTrue(wire.endsWith("\r\n\r\n1\r\nx\r\n"), wire); // no last chunk, so nobody takes it for whole
        }
        assertEquals(Initiator.CALLBACK, probe.closed.get(0).initiator());
    }

    /** What becomes of an answer after its first octet. */
    private interface Mishap {
        void happen(HttpRig rig, MemoryTransport client, HttpTransaction<Probe.Pss> http);
    }

    static Stream<Arguments> mishaps() {
        return Stream.of(
                mishap("a callback throws", (rig, client, http) -> http.execute(H1FailureTest::fail)),
                mishap("the protocol aborts", (rig, client, http) -> http.abort()),
                mishap(
                        "the client breaks the rules",
                        (rig, client, http) -> http.execute(() -> {
                            throw new ProtocolException(400, "no form");
                        })),
                mishap("the client ends in its content", (rig, client, http) -> client.fin()),
                mishap("content comes too slowly", (rig, client, http) -> rig.advance(Duration.ofMinutes(5))),
                mishap("the client takes nothing", (rig, client, http) -> {
                    client.peer().refuse();
                    http.requestWriteable();
                    rig.advance(Duration.ofMinutes(5));
                }),
                mishap(
                        "all connections are cut",
                        (rig, client, http) -> rig.net().forEach(each -> each.abort(CloseInfo.local(0, "cut")))));
    }

    private static Arguments mishap(String name, Mishap mishap) {
        return Arguments.of(name, mishap);
    }

    /** The connection's end would be the answer's: neither FIN nor close_notify may come where a part of it is missing. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("mishaps")
    void resetsAConnectionWhoseEndWouldMakeAnAnswerWhole(String name, Mishap mishap) {
        Probe probe = new Probe();
        probe.onRequest = http -> {
            http.start(200, Headers.EMPTY, -1);
            http.requestWriteable();
        };
        probe.onWriteable = (http, tx) -> tx.write(ByteBuffer.wrap(new byte[] {'x'}));
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send("POST / HTTP/1.0\r\nHost: x\r\nContent-Length: 9\r\n\r\n");
            rig.settle();
            String begun = client.receivedText();
            assertTrue(begun.endsWith("\r\n\r\nx"), begun);
            mishap.happen(rig, client, probe.last());
            rig.settle();
            assertTrue(client.sawReset());
        }
        assertEquals(1, probe.closed.size());
    }

    @Test
    void closesAnAnswerThatIsTooLongOrTooShort() {
        for (int written : new int[] {1, 3}) {
            Probe probe = new Probe();
            probe.onRequest = http -> {
                http.start(200, Headers.EMPTY, 2);
                http.requestWriteable();
            };
            probe.onWriteable = (http, tx) -> {
                tx.write(ByteBuffer.wrap(new byte[written]));
                tx.finish();
            };
            try (HttpRig rig = HttpRig.of(probe)) {
                MemoryTransport client = rig.connect();
                client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                rig.settle();
                String wire = client.receivedText();
                assertTrue(wire.length() - wire.indexOf("\r\n\r\n") - 4 <= 1, wire);
                assertTrue(client.sawFin());
            }
            assertTrue(probe.closed.get(0).cause() instanceof IllegalStateException);
        }
    }

    @Test
    void goesOnAfterAnOnClosedThatThrows() {
        Probe probe = Probe.echoingPaths();
        probe.onClosed = http -> fail();
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            assertEquals(2, Answer.all(client.receivedText()).size());
        }
    }

    @Test
    void answersWithTheStatusOfAProtocolException() {
        Probe probe = new Probe();
        probe.onRequest = http -> {
            throw new ProtocolException(422, "cannot be <b>processed</b>");
        };
        try (HttpRig rig = HttpRig.of(probe)) {
            Answer answer = Answer.one(rig.exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
            assertEquals(422, answer.status());
            assertTrue(answer.body().contains("&lt;b&gt;"), answer.body());
        }
        assertEquals(422, probe.closed.get(0).code());
    }

    @Test
    void answers500WhenNoStateCanBeMade() {
        HttpProtocol<Object> stateless = new HttpProtocol<>() {
            @Override
            public Object newPss() {
                throw OURS;
            }

            @Override
            public void onRequest(HttpTransaction<Object> http) {
                throw new AssertionError("there is no pss");
            }
        };
        try (HttpRig rig = new HttpRig(vhost -> vhost.protocol("p", (owner, options) -> stateless))) {
            assertEquals(500, Answer.one(rig.exchange(POST)).status());
        }
    }

    @Test
    void saysNothingMoreWhenTheProtocolAborts() {
        Probe probe = new Probe();
        probe.onRequest = HttpTransaction::abort;
        try (HttpRig rig = HttpRig.of(probe)) {
            assertEquals("", rig.exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
        }
        assertEquals(1, probe.closed.size());
        assertEquals(CloseInfo.Initiator.LOCAL, probe.closed.get(0).initiator());
    }
}
