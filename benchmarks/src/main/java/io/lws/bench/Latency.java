package io.lws.bench;

import io.lws.bench.load.LoadResult;
import io.lws.bench.load.Timing;
import io.lws.bench.report.Measurement;
import io.lws.bench.report.Results;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Latency at a load all peers can bear: the same fixed rate for each, half of what the slowest does at most, and times
 * that run from when a request was due.
 */
final class Latency {
    private final BenchOptions options;
    private final Cores cores;

    Latency(BenchOptions options, Cores cores) {
        this.options = options;
        this.cores = cores;
    }

    boolean run() throws IOException {
        System.out.println("| row | peer | op/s | p50 µs | p99 µs | p99.9 µs | max of rounds' p99.9 |");
        System.out.println("|---|---|--:|--:|--:|--:|--:|");
        try (Servers servers = Servers.start(options.chosenPeers(), options.server(), cores)) {
            for (Row row : options.chosenRows()) {
                List<PeerProcess> able = servers.able(row);
                if (!row.isBroadcast() && !able.isEmpty()) {
                    measure(row, able);
                }
            }
        }
        return true;
    }

    private void measure(Row row, List<PeerProcess> able) throws IOException {
        double slowest = Double.MAX_VALUE;
        for (PeerProcess server : able) {
            Timing timing = Timing.of(options.warmUp(server.peer()), options.measured());
            slowest = Math.min(slowest, Load.closed(row, server, timing).operationsPerSecond());
        }
        double rate = options.rate > 0 ? options.rate : slowest / 2;
        Progress.say("%s: %.0f operations a second", row.title, rate);
        Results results = new Results();
        for (int round = 1; round <= options.rounds; round++) {
            for (PeerProcess server : able) {
                LoadResult result = Load.open(row, server, timing(), (long) (1e9 / rate));
                results.add(Measurement.of(row.title, server.peer().name(), round, result));
            }
        }
        for (String peer : results.peers()) {
            print(row, peer, results);
        }
    }

    private Timing timing() {
        return Timing.of(Duration.ofSeconds(1), options.measured());
    }

    private static void print(Row row, String peer, Results results) {
        String title = row.title;
        System.out.printf(
                "| %s | %s | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
                title,
                peer,
                results.median(title, peer, Measurement::operationsPerSecond),
                results.median(title, peer, Measurement::p50Us),
                results.median(title, peer, Measurement::p99Us),
                results.median(title, peer, Measurement::p999Us),
                results.of(title, peer).stream()
                        .mapToDouble(Measurement::p999Us)
                        .max()
                        .orElse(Double.NaN));
    }
}
