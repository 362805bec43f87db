package io.lws.policy;

/** A connection under a {@link ValidityPolicy}: told of each sign of life, asked when it is time to look. */
public final class ValidityWatch {
    /** What is to be done now. */
    public enum Step {
        /** Nothing before {@link #delayNs}. */
        WAIT,
        /** Ask the peer for a sign of life; said once per silence. */
        PING,
        /** The peer is gone. */
        HANG_UP
    }

    /** Its spans are computed when asked for: there is one of these to every connection. */
    private final ValidityPolicy policy;

    private long lastValidNs;
    private boolean pinged;

    /** The connection counts as alive {@code nowNs}. */
    public ValidityWatch(ValidityPolicy policy, long nowNs) {
        this.policy = policy;
        lastValidNs = nowNs;
    }

    /** The peer has sent something. */
    public void onSignOfLife(long nowNs) {
        lastValidNs = nowNs;
        pinged = false;
    }

    public Step step(long nowNs) {
        long silentNs = nowNs - lastValidNs;
        if (silentNs >= hangUpAfterNs()) {
            return Step.HANG_UP;
        }
        if (silentNs >= pingAfterNs() && !pinged) {
            pinged = true;
            return Step.PING;
        }
        return Step.WAIT;
    }

    /** How long until {@link #step} may say something new. */
    public long delayNs(long nowNs) {
        return Math.max(0, lastValidNs + (pinged ? hangUpAfterNs() : pingAfterNs()) - nowNs);
    }

    private long pingAfterNs() {
        return policy.pingAfter().toNanos();
    }

    private long hangUpAfterNs() {
        return policy.hangUpAfter().toNanos();
    }
}
