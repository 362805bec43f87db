package io.lws.integration;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another process or thread brings about. */
final class Await {
    private static final long PAUSE_NS = 5_000_000;

    private Await() {}

    /** Looks until {@code condition} holds; fails with {@code what} when it never does. */
    static void until(String what, Duration limit, BooleanSupplier condition) {
        long endNs = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - endNs > 0) {
                fail("in " + limit.toSeconds() + " s not: " + what);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}
