package io.lws.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What one measured window saw.
 *
 * @param operations answers, messages or deliveries that ended in the window
 * @param receivedBytes bytes read in the window
 * @param latencyNs of each operation: from its sending, or in open loop from when it was due
 */
public record LoadResult(long operations, long elapsedNs, long receivedBytes, Usage used, Histogram latencyNs) {
    public double operationsPerSecond() {
        return operations * 1e9 / elapsedNs;
    }

    /** Microseconds of server CPU for one operation. */
    public double serverCpuUs() {
        return used.serverCpuNs() / 1e3 / Math.max(1, operations);
    }

    /** The share of the window that {@code ns} is, in per cent. */
    public double percent(long ns) {
        return ns * 100.0 / elapsedNs;
    }
}
