package io.lws.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerQueueTest {
    private final TimerQueue queue = new TimerQueue();
    private final List<String> fired = new ArrayList<>();

    private Timer timer(String name) {
        return new Timer(nowNs -> fired.add(name));
    }

    @Test
    void firesInOrderOfDeadlines() {
        queue.arm(timer("c"), 30);
        queue.arm(timer("a"), 10);
        queue.arm(timer("b"), 20);
        assertEquals(2, queue.fireDue(20));
        assertEquals(List.of("a", "b"), fired);
        assertEquals(10, queue.delayNs(20));
        assertEquals(1, queue.fireDue(30));
        assertEquals(0, queue.size());
        assertEquals(-1, queue.delayNs(30));
    }

    @Test
    void firesNothingBeforeItsDeadline() {
        queue.arm(timer("a"), 10);
        assertEquals(0, queue.fireDue(9));
        assertEquals(1, queue.fireDue(10));
    }

    @Test
    void movesArmedTimerEarlierAndLater() {
        Timer early = timer("early");
        Timer late = timer("late");
        queue.arm(early, 100);
        queue.arm(late, 10);
        queue.arm(early, 5);
        queue.arm(late, 200);
        assertEquals(2, queue.size());
        assertEquals(1, queue.fireDue(199));
        assertEquals(List.of("early"), fired);
        assertTrue(late.isArmed());
        assertEquals(1, queue.fireDue(200));
        assertFalse(late.isArmed());
    }

    @Test
    void callsOffCancelledTimer() {
        Timer gone = timer("gone");
        queue.arm(gone, 10);
        queue.cancel(gone);
        queue.cancel(gone);
        assertFalse(gone.isArmed());
        assertEquals(0, queue.fireDue(10));
    }

    @Test
    void lastsThroughCancelInCallback() {
        Timer[] other = new Timer[1];
        queue.arm(new Timer(nowNs -> queue.cancel(other[0])), 10);
        other[0] = timer("other");
        queue.arm(other[0], 10);
        queue.arm(timer("third"), 10);
        queue.fireDue(10);
        assertEquals(0, queue.size());
        // ties have no order, but nothing fires after it was cancelled
        assertTrue(fired.contains("third"));
    }

    @Test
    void mayBeArmedAgainByItsOwnCallback() {
        Timer[] self = new Timer[1];
        self[0] = new Timer(nowNs -> {
            fired.add("at " + nowNs);
            queue.arm(self[0], nowNs + 5);
        });
        queue.arm(self[0], 10);
        queue.fireDue(10);
        queue.fireDue(14);
        queue.fireDue(15);
        assertEquals(List.of("at 10", "at 15"), fired);
    }

    @Test
    void comesToAnEndWhenCallbackArmsForNow() {
        Timer[] self = new Timer[1];
        self[0] = new Timer(nowNs -> {
            fired.add("again");
            queue.arm(self[0], nowNs);
        });
        queue.arm(self[0], 10);
        queue.arm(timer("other"), 10);
        assertEquals(2, queue.fireDue(10));
        assertEquals(1, queue.size());
        assertEquals(1, queue.fireDue(11));
        assertEquals(3, fired.size());
    }

    @Test
    void goesOnAfterCallbackThatThrows() {
        queue.arm(
                new Timer(nowNs -> {
                    throw new IllegalStateException("meant");
                }),
                1);
        queue.arm(timer("next"), 2);
        assertEquals(2, queue.fireDue(2));
        assertEquals(List.of("next"), fired);
    }

    /** Against a plain list, with a clock that starts where it wraps. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesAsSortedList(long seed) {
        Random random = new Random(seed);
        long[] clock = {Long.MAX_VALUE - 5_000};
        int count = 1 + random.nextInt(200);
        Timer[] timers = new Timer[count];
        long[] model = new long[count];
        boolean[] armed = new boolean[count];
        for (int i = 0; i < count; i++) {
            int which = i;
            timers[i] = new Timer(nowNs -> {
                assertTrue(armed[which], "fired though not armed");
                assertTrue(nowNs - model[which] >= 0, "fired early");
                armed[which] = false;
                if (random.nextInt(4) == 0) {
                    arm(timers, model, armed, which, nowNs + 1 + random.nextInt(100));
                } else if (random.nextInt(4) == 0) {
                    int other = random.nextInt(count);
                    queue.cancel(timers[other]);
                    armed[other] = false;
                }
            });
        }
        for (int step = 0; step < 5_000; step++) {
            int which = random.nextInt(count);
            if (random.nextInt(5) == 0) {
                queue.cancel(timers[which]);
                armed[which] = false;
            } else {
                arm(timers, model, armed, which, clock[0] + random.nextInt(300));
            }
            if (random.nextInt(3) == 0) {
                clock[0] += random.nextInt(60);
                queue.fireDue(clock[0]);
            }
            assertAgrees(timers, model, armed, clock[0]);
        }
    }

    private void arm(Timer[] timers, long[] model, boolean[] armed, int which, long deadlineNs) {
        queue.arm(timers[which], deadlineNs);
        model[which] = deadlineNs;
        armed[which] = true;
    }

    private void assertAgrees(Timer[] timers, long[] model, boolean[] armed, long nowNs) {
        int size = 0;
        long soonest = Long.MAX_VALUE;
        for (int i = 0; i < timers.length; i++) {
            assertEquals(armed[i], timers[i].isArmed());
            if (armed[i]) {
                size++;
                soonest = Math.min(soonest, Math.max(0, model[i] - nowNs));
            }
        }
        assertEquals(size, queue.size());
        // it may look earlier than needed, where a timer was pushed back, but never later
        assertTrue(size == 0 ? queue.delayNs(nowNs) == -1 : queue.delayNs(nowNs) <= soonest);
    }
}
