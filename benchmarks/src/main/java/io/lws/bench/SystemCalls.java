package io.lws.bench;

import io.lws.bench.load.LoadResult;
import io.lws.bench.load.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** System calls per operation, counted by {@code strace} while the load runs. */
final class SystemCalls {
    private static final long ATTACH_NS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final double WORTH_NAMING = 0.005;

    private final BenchOptions options;
    private final Cores cores;

    SystemCalls(BenchOptions options, Cores cores) {
        this.options = options;
        this.cores = cores;
    }

    boolean run() throws IOException {
        if (!Programs.has("strace")) {
            Progress.say("strace is not here");
            return false;
        }
        System.out.println("| row | peer | calls per operation | of which |");
        System.out.println("|---|---|--:|---|");
        try (Servers servers = Servers.start(options.chosenPeers(), options.server(), cores)) {
            for (Row row : options.chosenRows()) {
                for (PeerProcess server : servers.able(row)) {
                    measure(row, server);
                }
            }
        }
        return true;
    }

    /** All calls of the traced time over all operations of it: the load runs for longer at neither end. */
    private void measure(Row row, PeerProcess server) throws IOException {
        Load.closed(row, server, Timing.of(options.warmUp(server.peer()), Duration.ZERO));
        Path counts = Layout.work().resolve("strace.txt");
        Process strace = new ProcessBuilder(
                        "strace", "-c", "-f", "-o", counts.toString(), "-p", Long.toString(server.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        LockSupport.parkNanos(ATTACH_NS);
        LoadResult result = Load.closed(row, server, Timing.of(Duration.ZERO, options.measured()));
        interrupt(strace);
        Map<String, Double> perOperation = new TreeMap<>();
        for (String line : Files.readAllLines(counts)) {
            String[] fields = line.trim().split(" +");
            if (fields.length >= 5 && fields[0].matches("[\\d.]+") && !line.endsWith(" total")) {
                perOperation.put(fields[fields.length - 1], Double.parseDouble(fields[3]) / result.operations());
            }
        }
        print(row, server.peer(), perOperation);
    }

    /** strace reports when it is interrupted, not when it is terminated. */
    private static void interrupt(Process strace) throws IOException {
        Tool.run(List.of("kill", "-INT", Long.toString(strace.pid())));
        try {
            strace.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void print(Row row, Peer peer, Map<String, Double> perOperation) {
        List<Map.Entry<String, Double>> calls = new ArrayList<>(perOperation.entrySet());
        calls.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
        String named = calls.stream()
                .filter(each -> each.getValue() >= WORTH_NAMING)
                .map(each -> String.format("%s %.3f", each.getKey(), each.getValue()))
                .collect(Collectors.joining(", "));
        double total = calls.stream().mapToDouble(Map.Entry::getValue).sum();
        System.out.printf("| %s | %s | %.2f | %s |%n", row.title, peer, total, named);
    }
}
