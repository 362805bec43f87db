package io.lws.http.exchange;

import io.lws.http.HttpLimits;

/**
 * How long the next piece of a request's content may take: at most the body timeout, and no longer than the slowest rate
 * allows the whole to take so far. So neither silence nor a drip holds a connection. Time in which the protocol did not
 * want content does not count.
 */
public final class BodyPace {
    private static final long NS_PER_S = 1_000_000_000L;

    private final HttpLimits limits;
    private final long startNs;
    private long receivedBytes;
    private long pausedNs;
    private long pauseStartNs;

    public BodyPace(HttpLimits limits, long nowNs) {
        this.limits = limits;
        startNs = nowNs;
    }

    public void received(int bytes) {
        receivedBytes += bytes;
    }

    public long receivedBytes() {
        return receivedBytes;
    }

    public void pause(long nowNs) {
        pauseStartNs = nowNs;
    }

    public void resume(long nowNs) {
        pausedNs += nowNs - pauseStartNs;
    }

    /** From {@code nowNs} on. */
    public long timeoutNs(long nowNs) {
        long timeoutNs = limits.bodyTimeout().toNanos();
        if (limits.bodyBytesPerSecond() == 0) {
            return timeoutNs;
        }
        long earnedNs = receivedBytes / limits.bodyBytesPerSecond() * NS_PER_S
                + receivedBytes % limits.bodyBytesPerSecond() * NS_PER_S / limits.bodyBytesPerSecond();
        long leftNs = timeoutNs + earnedNs - (nowNs - startNs - pausedNs);
        return Math.max(0, Math.min(timeoutNs, leftNs));
    }
}
