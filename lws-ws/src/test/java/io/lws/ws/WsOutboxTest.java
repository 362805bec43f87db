package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.ws.WsOutbox.Posted;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WsOutboxTest {
    private final WsOutbox outbox = new WsOutbox();

    private static WsMessage of(String text) {
        return WsMessage.text(text);
    }

    private List<String> drained() {
        List<String> all = new ArrayList<>();
        outbox.drain(message -> all.add(message.text()));
        return all;
    }

    @Test
    void asksForTheLoopOnlyOnce() {
        assertEquals(Posted.TAKEN_FIRST, outbox.post(of("a"), 100));
        assertEquals(Posted.TAKEN, outbox.post(of("b"), 100));
        outbox.collect();
        assertEquals(Posted.TAKEN_FIRST, outbox.post(of("c"), 100));
        outbox.collect();
        outbox.collect();
        assertEquals(List.of("a", "b", "c"), drained());
        assertEquals(0, outbox.waitingBytes());
    }

    @Test
    void refusesBeyondItsBound() {
        assertEquals(Posted.TAKEN_FIRST, outbox.post(of("1234"), 6));
        assertEquals(Posted.REFUSED, outbox.post(of(""), 6));
        outbox.collect();
        assertEquals(List.of("1234"), drained());
        assertEquals(Posted.TAKEN_FIRST, outbox.post(of("longer than the bound"), 6));
    }

    @Test
    void takesNothingOnceSealed() {
        outbox.post(of("a"), 100);
        outbox.seal();
        assertEquals(Posted.REFUSED, outbox.post(of("b"), 100));
        outbox.collect();
        outbox.seal();
        assertEquals(List.of("a"), drained());
        assertTrue(outbox.isEmpty());
    }

    @Test
    void conflatesOnlyWhatHasATopic() {
        outbox.add(of("own"));
        outbox.addAnyway(of("x1").toMany("x"));
        outbox.addAnyway(of("y1").toMany("y"));
        assertEquals(1, outbox.conflate(of("x2").toMany("x"), 100));
        assertEquals(2, outbox.conflate(of("z1").toMany("z"), 4));
        assertEquals(0, outbox.conflate(of("own too"), 4));
        assertEquals(List.of("own", "z1", "own too"), drained());
    }

    /** Threads post while the loop takes and then ends: exactly what they were promised comes out. */
    @Test
    void losesNothingItHasTaken() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            WsOutbox shared = new WsOutbox();
            AtomicInteger taken = new AtomicInteger();
            CountDownLatch started = new CountDownLatch(2);
            List<Thread> posters = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Thread poster = new Thread(() -> {
                    WsMessage message = of("m");
                    int left = 10_000; // a loop that comes round late must not find the heap full
                    while (left-- > 0 && shared.post(message, Integer.MAX_VALUE) != Posted.REFUSED) {
                        taken.incrementAndGet();
                        started.countDown();
                    }
                });
                posters.add(poster);
                poster.start();
            }
            started.await();
            AtomicInteger sent = new AtomicInteger();
            for (int turn = 0; turn < 20; turn++) {
                shared.collect();
                shared.drain(message -> sent.incrementAndGet());
            }
            shared.seal();
            shared.drain(message -> sent.incrementAndGet());
            for (Thread each : posters) {
                each.join();
            }
            assertNotEquals(0, taken.get());
            assertEquals(taken.get(), sent.get());
        }
    }
}
