package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Verdict;
import io.lws.Vhost;
import io.lws.http.HttpRequest;
import io.lws.loop.EventLoop;
import io.lws.ws.WsBroadcast;
import io.lws.ws.WsBroadcast.SlowReader;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import io.lws.ws.WsTx;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** One to many, over real sockets, some of which nobody reads. */
class BroadcastTest {
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final int PENDING_BYTES = 64 << 10;
    private static final int STALLED = 100;
    private static final Duration PACE = Duration.ofMillis(200);

    private final WsBroadcast broadcast = WsBroadcast.builder()
            .slowReader(SlowReader.DROP)
            .pendingBytes(PENDING_BYTES)
            .backlogBytes(64 << 20)
            .build();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger filled = new AtomicInteger();
    private int sent;

    /** Those that never read are first sent as much as the sockets hold: it waits nowhere in the library. */
    private final class Subscriber implements WsProtocol<Subscriber.Pss> {
        private final WsMessage filler = WsMessage.text("x".repeat(16 << 10));

        static final class Pss {
            private boolean muted;
        }

        @Override
        public Pss newPss() {
            return new Pss();
        }

        @Override
        public Verdict onUpgrade(HttpRequest request, Pss pss) {
            pss.muted = request.path().equals("/mute");
            return Verdict.ACCEPT;
        }

        @Override
        public void onEstablished(WsSession<Pss> ws) {
            broadcast.add(ws);
            opened.incrementAndGet();
            if (ws.pss().muted) {
                ws.requestWriteable();
            }
        }

        @Override
        public void onWriteable(WsSession<Pss> ws, WsTx tx) {
            if (ws.pss().muted) {
                while (tx.isReady()) {
                    tx.write(filler);
                    filled.incrementAndGet();
                }
                ws.requestWriteable();
            }
        }

        @Override
        public void onClosed(WsSession<Pss> ws, CloseInfo info) {
            broadcast.remove(ws);
        }
    }

    private void send(int lengthBytes) {
        String text =
                String.format(Locale.ROOT, "%020d%020d", sent++, System.nanoTime()) + "x".repeat(lengthBytes - 40);
        assertTrue(broadcast.send(WsMessage.text(text)));
    }

    /**
     * Gives the median age in microseconds at which the listeners heard. Each message is sent when all have heard the one
     * before, so that nobody lags who reads at all; where latency is measured, at a steady pace.
     */
    private long hear(Program audience, int messages, int lengthBytes, Measure measure) {
        audience.send("hear " + messages);
        audience.awaitLine("^listening$");
        long beganNs = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            int number = sent;
            send(lengthBytes);
            if (measure == Measure.NOTHING) {
                audience.awaitLine("^all have heard " + number + "$", PATIENCE);
            } else {
                parkUntil(beganNs + (i + 1) * PACE.toNanos());
            }
        }
        long median =
                Long.parseLong(audience.awaitLine("^median (\\d+)", PATIENCE).group(1));
        audience.awaitLine("^done hear " + messages);
        return median;
    }

    private static void parkUntil(long dueNs) {
        while (dueNs - System.nanoTime() > 0) {
            LockSupport.parkNanos(dueNs - System.nanoTime());
        }
    }

    /** Until nothing more goes into the sockets that nobody reads, though the loops have had their turns. */
    private void awaitFull(Context context) {
        long before;
        do {
            before = filled.get();
            parkUntil(System.nanoTime() + Duration.ofMillis(500).toNanos());
            for (EventLoop each : context.loops()) {
                CompletableFuture<Void> turn = new CompletableFuture<>();
                each.execute(() -> each.serveNextTurn(() -> turn.complete(null)));
                turn.join();
            }
        } while (filled.get() == 0 || filled.get() != before);
    }

    private void run(int subscribers, int messages, Measure measure) {
        Vhost vhost = Vhost.builder("localhost")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .protocol("subscriber", (owner, options) -> new Subscriber())
                .build();
        try (Context context = Context.builder().loops(2).vhost(vhost).build().start();
                Program audience = Program.java(
                        System.getProperty("java.class.path"),
                        null,
                        "-Xmx512m",
                        Audience.class.getName(),
                        Integer.toString(vhost.port()))) {
            assertTrue(!context.isClosed());
            audience.send("open " + subscribers);
            audience.awaitLine("^done open", PATIENCE);
            Await.until("all there", PATIENCE, () -> opened.get() == subscribers);
            hear(audience, messages, 100, measure);
            hear(audience, 10, 8 << 10, measure); // whatever long messages leave behind is there before and after
            HeapCensus.take();
            long before = best(measure, () -> hear(audience, messages, 100, measure));
            assertEquals(0, broadcast.missed());

            audience.send("mute " + STALLED);
            audience.awaitLine("^done mute");
            awaitFull(context);
            long heapBefore = HeapCensus.take().sumBytes();
            hear(audience, 10, 8 << 10, measure); // more than may wait for one
            assertTrue(broadcast.missed() >= STALLED, () -> "missed " + broadcast.missed());
            long grown = HeapCensus.take().sumBytes() - heapBefore;
            assertTrue(grown < STALLED * 2L * PENDING_BYTES + (2 << 20), () -> "heap has grown by " + grown);
            long after = best(measure, () -> hear(audience, messages, 100, measure));
            System.out.println(subscribers + " subscribers, median age " + before + " us, with " + STALLED + " stalled "
                    + after + " us; heap grown by " + grown + " B, missed " + broadcast.missed());
            if (measure == Measure.LATENCY) {
                assertTrue(after <= before * 1.2, before + " us before, " + after + " us after");
            }
        }
    }

    /** What is asked of the latency: only where nothing else runs. */
    private enum Measure {
        NOTHING,
        LATENCY
    }

    @FunctionalInterface
    private interface Run {
        long median();
    }

    private static long best(Measure measure, Run run) {
        long[] medians = new long[measure == Measure.LATENCY ? 3 : 1];
        Arrays.setAll(medians, i -> run.median());
        return Arrays.stream(medians).min().orElseThrow();
    }

    @Test
    @Timeout(300)
    void reachesEverybodyAndIsHeldUpByNobody() {
        run(500, 20, Measure.NOTHING);
    }

    @Test
    @Timeout(300)
    @EnabledIfSystemProperty(named = "lws.long", matches = "true")
    void reachesTenThousand() {
        run(10_000, 10, Measure.LATENCY);
    }
}
