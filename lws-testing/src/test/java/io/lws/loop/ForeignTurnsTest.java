package io.lws.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.testing.LoopRunner;
import io.lws.testing.ManualClock;
import io.lws.testing.ManualPoller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A loop whose turns are given by somebody else: what holds between them, and what one that fails leaves behind. */
class ForeignTurnsTest {
    private final LoopRunner runner = new LoopRunner();
    private final EventLoop loop = runner.loop();

    /** Nothing else tells a foreign loop's thread how late it is while another thread waits for it. */
    @Test
    void timeGoesOnBetweenTwo() {
        long before = loop.nowNs();
        assertEquals(-1, loop.beginForeignWait());
        for (int i = 1; i <= 3; i++) {
            runner.clock().advance(Duration.ofSeconds(1));
            assertEquals(Duration.ofSeconds(i).toNanos(), loop.nowNs() - before);
        }
    }

    @Test
    void whoWaitsIsToldThatSomethingElseIsWatched() {
        loop.watchChanged();
        assertEquals(0, runner.poller().wakeups(), "nobody waits");
        assertEquals(-1, loop.beginForeignWait());
        loop.watchChanged();
        assertEquals(1, runner.poller().wakeups());
    }

    @Test
    void endWhereThePollerFails() {
        List<String> seen = new ArrayList<>();
        EventLoop failing = new EventLoop(0, new FailingPoller(), new ManualClock());
        failing.atEnd(() -> seen.add("end"));
        failing.execute(new EventLoop.Task() {
            @Override
            public void run() {
                seen.add("ran");
            }

            @Override
            public void dropped() {
                seen.add("dropped");
            }
        });
        assertThrows(UncheckedIOException.class, () -> failing.serviceOnce(0));
        assertTrue(failing.isEnded());
        assertEquals(List.of("dropped", "end"), seen);
        assertEquals(0, failing.serviceOnce(0));
    }

    private static final class FailingPoller implements Poller {
        private final ManualPoller below = new ManualPoller();

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public Registration register(SelectableChannel channel, int interest, Pollable target) {
            return below.register(channel, interest, target);
        }

        @Override
        public int poll(long timeoutNs) throws IOException {
            throw new IOException("meant: the poller");
        }

        @Override
        public void wakeup() {
            below.wakeup();
        }

        @Override
        public int size() {
            return below.size();
        }

        @Override
        public void close() {
            below.close();
        }
    }
}
