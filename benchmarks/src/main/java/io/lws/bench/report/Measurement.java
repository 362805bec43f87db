package io.lws.bench.report;

import io.lws.bench.load.LoadResult;

/**
 * One round of one row on one peer.
 *
 * @param cpuUs server CPU for an operation
 * @param noisePercent share of the server's core that others used
 */
public record Measurement(
        String row,
        String peer,
        int round,
        double cpuUs,
        double operationsPerSecond,
        double p50Us,
        double p99Us,
        double p999Us,
        double serverPercent,
        double clientPercent,
        double noisePercent) {

    public static Measurement of(String row, String peer, int round, LoadResult result) {
        double server = result.percent(result.used().serverCpuNs());
        return new Measurement(
                row,
                peer,
                round,
                result.serverCpuUs(),
                result.operationsPerSecond(),
                percentileUs(result, 50),
                percentileUs(result, 99),
                percentileUs(result, 99.9),
                server,
                result.percent(result.used().clientCpuNs()),
                Math.max(0, result.percent(result.used().serverCoreNs()) - server));
    }

    /** Not a number where the load does not tell. */
    private static double percentileUs(LoadResult result, double percentile) {
        if (result.latencyNs().getTotalCount() == 0) {
            return Double.NaN;
        }
        return result.latencyNs().getValueAtPercentile(percentile) / 1e3;
    }
}
