package io.lws.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.loop.LoopLatency;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoopLatencyTest extends ConnectionFixture {
    private final LoopLatency latency = loop.loop().latency();

    private void event(String protocol, String tag, long ms) {
        latency.begin();
        loop.clock().advance(Duration.ofMillis(ms));
        latency.end(protocol, tag);
    }

    @Test
    void countsNothingBeforeItIsStarted() {
        event("chat", "ws|1", 5);
        assertTrue(latency.figures().isEmpty());
        assertNull(latency.figures("chat"));
    }

    @Test
    void namesTheWorstOfEachProtocol() {
        latency.start();
        event("chat", "ws|1", 5);
        event("chat", "ws|2", 70);
        event("chat", "ws|3", 6);
        event("echo", "ws|4", 1);
        assertEquals(
                Map.of(
                        "chat", new LoopLatency.Figures(3, 81_000_000, 70_000_000, "ws|2", 70_000_000),
                        "echo", new LoopLatency.Figures(1, 1_000_000, 1_000_000, "ws|4", 1_000_000)),
                latency.figures());
        latency.stop();
        event("chat", "ws|5", 500);
        assertEquals(70_000_000, latency.figures("chat").worstNs());
    }

    @Test
    void forgetsWhatWasLongAgoButForTheWorstOfAll() {
        latency.start();
        event("chat", "ws|1", 70);
        loop.clock().advance(Duration.ofSeconds(11));
        event("chat", "ws|1", 3);
        assertEquals(70_000_000, latency.figures("chat").recentWorstNs());
        loop.clock().advance(Duration.ofSeconds(11));
        assertEquals(3_000_000, latency.figures("chat").recentWorstNs());
        loop.clock().advance(Duration.ofSeconds(21));
        assertEquals(0, latency.figures("chat").recentWorstNs());
        assertEquals(70_000_000, latency.figures("chat").worstNs());
    }

    /** A callback that takes its time is blamed, whether a read or a task has called it. */
    @Test
    void timesTheEventsOfConnections() throws IOException {
        latency.start();
        Connection connection = open();
        role.onRead(in -> {
            in.position(in.limit());
            loop.clock().advance(Duration.ofMillis(30));
        });
        far.write(ByteBuffer.wrap(bytes("hello")));
        loop.settle();
        LoopLatency.Figures figures = latency.figures(role.roleName());
        assertEquals(30_000_000, figures.worstNs());
        assertEquals(connection.tag(), figures.worstTag());
        connection.execute(() -> loop.clock().advance(Duration.ofMillis(40)));
        loop.settle();
        assertEquals(40_000_000, latency.figures(role.roleName()).worstNs());
        connection.abort(CloseInfo.local(0, "done"));
        loop.settle();
    }
}
