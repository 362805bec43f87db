package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReloadRequestsTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicInteger made = new AtomicInteger();
    private final ReloadRequests requests = new ReloadRequests(this::reload);

    private void reload() {
        made.incrementAndGet();
        begun.countDown();
        try {
            mayEnd.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread asking() {
        Thread thread = new Thread(requests::ask);
        thread.start();
        return thread;
    }

    /** One may have read what has changed since, so that one more has to. */
    @Test
    void makesOneReloadOfAHundredThatComeDuringOne() throws InterruptedException {
        List<Thread> all = new ArrayList<>(List.of(asking()));
        begun.await();
        for (int i = 0; i < 100; i++) {
            all.add(asking());
        }
        // all but two come back while the first still runs: itself, and the one that waits for it
        while (all.stream().filter(Thread::isAlive).count() > 2) {
            Thread.onSpinWait();
        }
        mayEnd.countDown();
        for (Thread each : all) {
            each.join();
        }
        assertEquals(2, made.get());
        requests.ask();
        assertEquals(3, made.get());
    }
}
