package io.lws.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final RandomGenerator NONE = () -> 0;

    private final Retries retries = new Retries(
            new RetryPolicy(List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(9)), 0, 1, 4));
    private long nowNs = 100 * SECOND;

    /** Gives the next delay in seconds after an attempt that was up for so long; 0 for one that failed. */
    private long upFor(long ns) {
        if (ns > 0) {
            retries.succeeded(nowNs);
            nowNs += ns;
        }
        retries.failed(nowNs);
        long delayNs = retries.nextDelayNs(NONE);
        nowNs += delayNs;
        return delayNs / SECOND;
    }

    @Test
    void goesThroughTheTable() {
        assertEquals(1, upFor(0));
        assertFalse(retries.isReported());
        assertEquals(3, upFor(0));
        assertTrue(retries.isReported());
        assertEquals(9, upFor(0));
        assertEquals(9, upFor(0));
        assertFalse(retries.isExhausted());
        assertEquals(9, upFor(0));
        assertTrue(retries.isExhausted());
        assertEquals(5, retries.failures());
    }

    @Test
    void beginsAnewAfterASuccessThatHeld() {
        assertEquals(1, upFor(1));
        assertEquals(3, upFor(0));
        assertEquals(1, upFor(3 * SECOND));
        assertEquals(1, upFor(SECOND));
    }

    @Test
    void goesOnAfterASuccessThatDidNotHold() {
        assertEquals(1, upFor(0));
        assertEquals(3, upFor(SECOND - 1));
        assertEquals(9, upFor(3 * SECOND - 1));
        assertEquals(9, upFor(8 * SECOND));
        assertEquals(1, upFor(9 * SECOND));
    }

    @Test
    void takesTheFirstSuccessForOneThatHeld() {
        assertEquals(1, upFor(1));
    }
}
