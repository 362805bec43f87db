package io.lws.bench.load;

import java.time.Duration;

/** How long a load runs before it is measured, and how long it is measured. */
public record Timing(long warmUpNs, long measuredNs) {
    public static Timing of(Duration warmUp, Duration measured) {
        return new Timing(warmUp.toNanos(), measured.toNanos());
    }
}
