package io.lws.policy;

import java.util.random.RandomGenerator;

/**
 * How often in a row a client that is kept up has failed, by its {@link RetryPolicy}. A success ends the row only when it
 * has held for as long as was waited for it: who is let in and thrown out again at once does not come back every second.
 */
public final class Retries {
    private enum State {
        DOWN,
        UP
    }

    private final RetryPolicy policy;
    private State state = State.DOWN;
    private long upSinceNs;
    private long waitedNs;
    private int failures;

    public Retries(RetryPolicy policy) {
        this.policy = policy;
    }

    /** An attempt has succeeded. */
    public void succeeded(long nowNs) {
        state = State.UP;
        upSinceNs = nowNs;
    }

    /** An attempt has failed, or what had succeeded has ended. */
    public void failed(long nowNs) {
        boolean held = state == State.UP && nowNs - upSinceNs >= waitedNs;
        failures = held ? 1 : failures + 1;
        state = State.DOWN;
    }

    /** In the row so far. */
    public int failures() {
        return failures;
    }

    /** True after the one failure in the row that is to be reported. */
    public boolean isReported() {
        return policy.isReported(failures);
    }

    /** True when no further attempt follows. */
    public boolean isExhausted() {
        return policy.isExhausted(failures);
    }

    /** How long to wait now, after a failure. */
    public long nextDelayNs(RandomGenerator random) {
        waitedNs = policy.delayNs(failures, random);
        return waitedNs;
    }
}
