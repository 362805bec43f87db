package io.lws.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.policy.ValidityWatch.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ValidityWatchTest {
    /** A clock that is about to wrap: only differences may count. */
    private static final long START = Long.MAX_VALUE - 45_000_000_000L;

    private final ValidityWatch watch = new ValidityWatch(ValidityPolicy.DEFAULT, START);

    private static long at(double seconds) {
        return START + (long) (seconds * 1e9);
    }

    @Test
    void pingsOnceThenHangsUp() {
        assertEquals(40_000_000_000L, watch.delayNs(at(0)));
        assertEquals(Step.WAIT, watch.step(at(39.9)));
        assertEquals(Step.PING, watch.step(at(40)));
        assertEquals(10_000_000_000L, watch.delayNs(at(40)));
        assertEquals(Step.WAIT, watch.step(at(49.9)));
        assertEquals(0, watch.delayNs(at(50)));
        assertEquals(Step.HANG_UP, watch.step(at(50)));
    }

    @Test
    void beginsAnewWithEachSignOfLife() {
        assertEquals(Step.PING, watch.step(at(41)));
        watch.onSignOfLife(at(42));
        assertEquals(Step.WAIT, watch.step(at(81)));
        assertEquals(1_000_000_000L, watch.delayNs(at(81)));
        assertEquals(Step.PING, watch.step(at(82)));
        assertEquals(Step.HANG_UP, watch.step(at(92)));
    }

    @Test
    void hangsUpWithoutPingWhenTheLoopHasSlept() {
        assertEquals(Step.HANG_UP, watch.step(at(3600)));
    }

    @Test
    void refusesAPolicyThatCannotWork() {
        Duration second = Duration.ofSeconds(1);
        assertThrows(IllegalArgumentException.class, () -> new ValidityPolicy(second, second));
        assertThrows(IllegalArgumentException.class, () -> new ValidityPolicy(Duration.ZERO, second));
    }
}
