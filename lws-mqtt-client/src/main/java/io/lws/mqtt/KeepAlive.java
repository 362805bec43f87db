package io.lws.mqtt;

import io.lws.policy.ValidityPolicy;
import io.lws.policy.ValidityWatch;
import java.time.Duration;

/**
 * When to send PINGREQ: after silence of the broker, by the policy, and after silence of ours, so that the broker does
 * not give us up (3.1.2.10).
 */
final class KeepAlive {
    private static final long MAX_SECONDS = 65535;

    private final ValidityWatch watch;
    private long ownSilenceNs;
    private long lastSentNs;

    KeepAlive(ValidityPolicy policy, long nowNs) {
        watch = new ValidityWatch(policy, nowNs);
        lastSentNs = nowNs;
        int seconds = seconds(policy);
        ownSilenceNs =
                seconds == 0 ? Long.MAX_VALUE / 4 : Duration.ofSeconds(seconds).toNanos();
    }

    /** What CONNECT promises; 0 = nothing. */
    static int seconds(ValidityPolicy policy) {
        long seconds = Math.max(1, policy.pingAfter().toSeconds());
        return seconds > MAX_SECONDS ? 0 : (int) seconds;
    }

    /** CONNACK says otherwise; negative = it says nothing. */
    void brokerWants(long seconds) {
        if (seconds >= 0) {
            ownSilenceNs = seconds == 0
                    ? Long.MAX_VALUE / 4
                    : Duration.ofSeconds(seconds).toNanos();
        }
    }

    void onReceived(long nowNs) {
        watch.onSignOfLife(nowNs);
    }

    /** A long packet goes out, in which no PINGREQ has a place: a broker that takes it is alive. */
    void onTaken(long nowNs) {
        watch.onSignOfLife(nowNs);
        lastSentNs = nowNs;
    }

    void onSent(long nowNs) {
        lastSentNs = nowNs;
    }

    /**
     * While we do not read, or what we would ask waits behind other output, silence says nothing of the broker: whether it
     * takes that output is watched by its own timeout.
     */
    ValidityWatch.Step step(long nowNs, boolean excused) {
        if (excused) {
            watch.onSignOfLife(nowNs);
        }
        ValidityWatch.Step step = watch.step(nowNs);
        boolean silent = nowNs - lastSentNs >= ownSilenceNs;
        return step == ValidityWatch.Step.WAIT && silent ? ValidityWatch.Step.PING : step;
    }

    long delayNs(long nowNs) {
        return Math.max(0, Math.min(watch.delayNs(nowNs), ownSilenceNs - (nowNs - lastSentNs)));
    }
}
