package io.lws.policy;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When a client whose connection has failed tries again (lws: lws_retry_bo_t). The delay before retry n is the n-th of
 * {@code delays}, the last one from then on, plus a random part of up to {@code jitterPercent}, so that a thousand clients
 * do not come back in one instant. The first {@code conceal} failures in a row are nobody's business; the next is
 * reported. After {@code maxRetries} in a row without success it is over.
 */
public record RetryPolicy(List<Duration> delays, int jitterPercent, int conceal, int maxRetries) {
    /** 1, 3, 9, then every 17 seconds, plus up to 20 %; for ever; reported when the table has been gone through once. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(9), Duration.ofSeconds(17)),
            20,
            4,
            Integer.MAX_VALUE);

    /** One attempt; what becomes of it is reported at once. */
    public static final RetryPolicy NEVER = new RetryPolicy(List.of(Duration.ofSeconds(1)), 0, 0, 0);

    public RetryPolicy {
        delays = List.copyOf(delays);
        if (delays.isEmpty() || delays.stream().anyMatch(delay -> delay.isNegative() || delay.isZero())) {
            throw new IllegalArgumentException("delays must be there and positive: " + delays);
        }
        if (jitterPercent < 0 || jitterPercent > 100) {
            throw new IllegalArgumentException("jitterPercent must be from 0 to 100, not " + jitterPercent);
        }
        if (conceal < 0 || maxRetries < 0) {
            throw new IllegalArgumentException("conceal and maxRetries must not be negative");
        }
    }

    /** How long to wait after {@code failures} (1 or more) in a row. */
    public long delayNs(int failures, RandomGenerator random) {
        long delayNs = delays.get(Math.min(failures, delays.size()) - 1).toNanos();
        long mostNs = delayNs / 100 * jitterPercent;
        return mostNs == 0 ? delayNs : delayNs + random.nextLong(mostNs + 1);
    }

    /** True for the one failure in a row that is to be reported. */
    public boolean isReported(int failures) {
        return failures == Math.min((long) conceal, maxRetries) + 1;
    }

    /** True when no further attempt follows the {@code failures} in a row. */
    public boolean isExhausted(int failures) {
        return failures > maxRetries;
    }
}
