package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Vhost;
import io.lws.policy.RetryPolicy;
import io.lws.policy.ValidityPolicy;
import io.lws.ws.WsClient;
import io.lws.ws.WsFragment;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client whose server is a process that dies, freezes, or was never there: each state is told once. */
@Timeout(180)
class ReconnectTest {
    private static final String ECHO = "ws-server/minimal-ws-server-echo";
    /** Where an attempt has to be given up; a server that has served already answers in much less. */
    private static final Duration ATTEMPT = Duration.ofMillis(1500);
    /** Where it must not be: a server that has just started on a machine with other work takes its time. */
    private static final Duration PATIENT_ATTEMPT = Duration.ofSeconds(20);

    private static final RetryPolicy QUICK =
            new RetryPolicy(List.of(Duration.ofMillis(50), Duration.ofMillis(100)), 20, 2, Integer.MAX_VALUE);

    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final Vhost patient = Vhost.builder("patient").build();
    private final Vhost watchful = Vhost.builder("watchful")
            .option(new ValidityPolicy(Duration.ofMillis(1000), Duration.ofMillis(2500)))
            .build();
    private final Context context =
            Context.builder().vhost(patient).vhost(watchful).build().start();

    private final class Recorder implements WsProtocol<Void> {
        @Override
        public void onEstablished(WsSession<Void> ws) {
            ws.post(WsMessage.text("there?"));
        }

        @Override
        public void onMessage(WsSession<Void> ws, WsFragment rx) {
            events.add(rx.text());
        }

        @Override
        public void onClosed(WsSession<Void> ws, CloseInfo info) {
            events.add("closed " + info.code() + " " + info.initiator());
        }
    }

    private WsClient connect(int port, RetryPolicy retry) {
        return connect(patient, port, retry, PATIENT_ATTEMPT);
    }

    private WsClient connect(Vhost from, int port, RetryPolicy retry, Duration attempt) {
        return WsClient.builder(from)
                .uri("ws://127.0.0.1:" + port + "/")
                .protocol(new Recorder())
                .retry(retry)
                .timeout(attempt)
                .onStale(why -> events.add("stale"))
                .onEnd(why -> events.add("end"))
                .connect();
    }

    private String next() throws InterruptedException {
        String event = events.poll(30, TimeUnit.SECONDS);
        return event == null ? "nothing" : event;
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void comesBackToAServerThatWasKilled() throws Exception {
        int port = Ports.free();
        WsClient client;
        try (Program first = Program.example(ECHO, port)) {
            assertEquals(port, first.awaitPort());
            client = connect(port, QUICK);
            assertEquals("there?", next());
            first.end("KILL");
            assertEquals("closed 1006 NETWORK", next());
            assertEquals("stale", next());
        }
        assertTalksWithAServerAt(port, client);
    }

    @Test
    void comesBackToAServerThatWasFrozen() throws Exception {
        try (Program server = Program.example(ECHO)) {
            int port = server.awaitPort();
            WsClient first = connect(port, QUICK);
            assertEquals("there?", next());
            first.close();
            assertEquals("end", next());
            assertEquals("closed 1000 LOCAL", next());
            WsClient client = connect(watchful, port, QUICK, ATTEMPT);
            assertEquals("there?", next());
            server.signal("STOP");
            assertEquals("closed 1006 TIMEOUT", next(), "its kernel still takes what is sent");
            assertEquals("stale", next());
            server.signal("CONT");
            assertEquals("there?", next(), "nothing is told twice");
            client.close();
            assertEquals("end", next());
            assertEquals("closed 1000 LOCAL", next());
        }
        assertTrue(events.isEmpty(), events::toString);
    }

    @Test
    void comesToAServerThatWasNotThereAtFirst() throws Exception {
        int port = Ports.free();
        WsClient client = connect(port, QUICK);
        assertEquals("stale", next());
        assertTalksWithAServerAt(port, client);
    }

    /** The queue of its listener is full: nobody is told no, and each attempt has to be given up by the clock. */
    @Test
    void comesToAServerThatCouldNotBeReachedAtFirst() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        int port = Ports.free();
        WsClient client;
        try (ServerSocket deaf = new ServerSocket(port, 1, here);
                Selector queue = Selector.open()) {
            fill(queue, new InetSocketAddress(here, deaf.getLocalPort()));
            long beganNs = System.nanoTime();
            client = connect(patient, port, QUICK, ATTEMPT);
            assertEquals("stale", next());
            long tookNs = System.nanoTime() - beganNs;
            assertTrue(tookNs >= 3 * ATTEMPT.toNanos(), "three attempts in " + tookNs + " ns");
            for (SelectionKey each : queue.keys()) {
                each.channel().close();
            }
        }
        assertTalksWithAServerAt(port, client);
    }

    /** Connects until the kernel does not answer any more. */
    private static void fill(Selector queue, InetSocketAddress listener) throws IOException {
        boolean answered = true;
        while (answered) {
            assertTrue(queue.keys().size() < 16, "its queue has no end");
            SocketChannel next = SocketChannel.open();
            next.configureBlocking(false);
            answered = next.connect(listener);
            SelectionKey key = next.register(queue, SelectionKey.OP_CONNECT);
            if (!answered && queue.select(ATTEMPT.toMillis()) > 0) {
                answered = next.finishConnect();
            }
            key.interestOps(0);
        }
    }

    private void assertTalksWithAServerAt(int port, WsClient client) throws InterruptedException {
        try (Program server = Program.example(ECHO, port)) {
            assertEquals(port, server.awaitPort());
            assertEquals("there?", next(), "nothing is told twice");
            client.close();
            assertEquals("end", next());
            assertEquals("closed 1000 LOCAL", next());
        }
        assertTrue(events.isEmpty(), events::toString);
    }

    @Test
    void givesUpOnAServerThatIsNotThereWhenItsPolicySaysSo() throws Exception {
        connect(Ports.free(), new RetryPolicy(List.of(Duration.ofMillis(20)), 0, 1, 4));
        assertEquals("stale", next());
        assertEquals("end", next());
        assertTrue(events.isEmpty(), events::toString);
    }
}
