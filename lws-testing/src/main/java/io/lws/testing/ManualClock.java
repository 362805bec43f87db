package io.lws.testing;

import io.lws.loop.NanoClock;
import java.time.Duration;

/** A clock that stands still until it is told otherwise. Reads as any thread writes it last. */
public final class ManualClock implements NanoClock {
    private volatile long nowNs;

    /** Starts a second before the counter wraps, so that whatever compares times other than by difference fails. */
    public ManualClock() {
        this(Long.MAX_VALUE - Duration.ofSeconds(1).toNanos());
    }

    public ManualClock(long nowNs) {
        this.nowNs = nowNs;
    }

    @Override
    public long nowNs() {
        return nowNs;
    }

    /** Moves the time; nothing fires before the loop's next turn. */
    public synchronized void advance(Duration by) {
        nowNs += by.toNanos();
    }
}
