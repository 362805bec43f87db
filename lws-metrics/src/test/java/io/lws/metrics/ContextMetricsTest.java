package io.lws.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.loop.EventLoop;
import io.lws.loop.LoopLatency;
import io.lws.net.Connection;
import io.lws.testing.MemoryTransport;
import io.lws.testing.RecordingRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ContextMetricsTest {
    private static final long LONG_NS = 3_000_000;
    private static final String WORST = "lws_callback_worst_seconds{context=\"c\",loop=\"0\",protocol=\"%s\"} ";

    private final MetricsRegistry registry = new MetricsRegistry();

    @Test
    void tellsTheLongestEventOfEachProtocolUntilItIsRemoved() throws IOException {
        try (Context context = Context.builder().build()) {
            EventLoop loop = context.loops().get(0);
            hear(context, "before");
            assertFalse(loop.latency().isOn());

            ContextMetrics.addLatency(registry, "c", context, "slow", "silent");
            hear(context, "slow");
            LoopLatency.Figures figures = loop.latency().figures("slow");
            assertNotNull(figures);
            assertTrue(figures.recentWorstNs() >= LONG_NS, figures.toString());
            assertEquals(figures.recentWorstNs() / 1e9, worst("slow"));
            assertEquals(0, worst("silent"));
            assertFalse(registry.openMetrics().contains("before"), "a role that was not asked for");

            ContextMetrics.removeLatency(registry, "c", context, "slow", "silent");
            assertFalse(loop.latency().isOn());
            assertEquals("# EOF\n", registry.openMetrics());
            hear(context, "slow");
            assertEquals(figures.events(), events(loop, "slow"), "counted though removed");
        }
    }

    private static long events(EventLoop loop, String role) {
        LoopLatency.Figures figures = loop.latency().figures(role);
        return figures == null ? 0 : figures.events();
    }

    /** One connection of that role hears something, and takes its time. */
    private static void hear(Context context, String role) throws IOException {
        EventLoop loop = context.loops().get(0);
        loop.serviceOnce(0);
        MemoryTransport end = MemoryTransport.pair();
        RecordingRole slow = new RecordingRole(role).onRead(in -> {
            in.position(in.limit());
            long beganNs = System.nanoTime();
            while (System.nanoTime() - beganNs < LONG_NS) {
                Thread.onSpinWait();
            }
        });
        Connection.open(context.nets().get(0), end, slow::attach);
        end.peer().send("a".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 10 && slow.events().isEmpty(); i++) {
            loop.serviceOnce(0);
        }
        slow.assertEvents("read a");
    }

    private double worst(String protocol) {
        String start = WORST.formatted(protocol);
        return registry.openMetrics()
                .lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError(registry.openMetrics()));
    }
}
