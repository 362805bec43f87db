package io.lws.bench;

import io.lws.bench.load.LoadResult;
import io.lws.bench.load.Timing;
import io.lws.bench.load.WrongAnswer;
import io.lws.bench.report.MarkdownTable;
import io.lws.bench.report.Measurement;
import io.lws.bench.report.Results;
import io.lws.bench.report.SvgPlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The run that is believed: for each row all peers are warmed up, then measured in turn, round after round, so that
 * whatever else the machine does meets all of them.
 */
final class SideBySide {
    private final BenchOptions options;
    private final Cores cores;
    private final Results results = new Results();

    SideBySide(BenchOptions options, Cores cores) {
        this.options = options;
        this.cores = cores;
    }

    /** False when a peer gave a wrong answer. */
    boolean run() throws IOException {
        boolean right = true;
        try (Servers servers = Servers.start(options.chosenPeers(), options.server(), cores)) {
            for (Row row : options.chosenRows()) {
                right &= measure(row, servers.able(row));
            }
        }
        if (!results.isEmpty()) {
            report();
        }
        return right;
    }

    private boolean measure(Row row, List<PeerProcess> able) throws IOException {
        int asked = able.size();
        Progress.say("%s: %s", row.title, row.meaning);
        able.removeIf(server -> !warmedUp(row, server));
        for (int round = 1; round <= options.rounds; round++) {
            for (PeerProcess server : able) {
                measure(row, server, round);
            }
        }
        return able.size() == asked;
    }

    private boolean warmedUp(Row row, PeerProcess server) {
        try {
            Load.closed(row, server, Timing.of(options.warmUp(server.peer()), Duration.ZERO));
            return true;
        } catch (IOException | WrongAnswer e) {
            Progress.say("  %s fails and is left out of this row: %s", server.peer(), String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void measure(Row row, PeerProcess server, int round) throws IOException {
        LoadResult result = Load.closed(row, server, Timing.of(options.settle(), options.measured()));
        Measurement one = Measurement.of(row.title, server.peer().name(), round, result);
        results.add(one);
        Progress.say(
                "  round %d of %d  %-12s %9.2f µs/op %10.0f op/s  p99 %.0f µs  noise %.0f %%",
                round,
                options.rounds,
                one.peer(),
                one.cpuUs(),
                one.operationsPerSecond(),
                one.p99Us(),
                one.noisePercent());
    }

    private void report() throws IOException {
        String baseline = results.peers().contains(options.baseline)
                ? options.baseline
                : results.peers().get(0);
        String table = MarkdownTable.of(results, baseline);
        Path markdown = Files.writeString(Layout.target().resolve("bench.md"), table);
        Path plot = Files.writeString(Layout.target().resolve("bench.svg"), SvgPlot.of(results, baseline));
        System.out.println(table);
        Progress.say("written to %s and %s", markdown, plot);
    }
}
