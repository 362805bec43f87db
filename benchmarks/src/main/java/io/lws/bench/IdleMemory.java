package io.lws.bench;

import io.lws.bench.load.IdleConnections;
import io.lws.bench.load.Timing;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What an idle WebSocket connection costs: heap after a full collection, resident memory, and CPU of all together. */
final class IdleMemory {
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(1);
    /** Until then timers of the opening may still run out. */
    private static final long CALM_NS = TimeUnit.SECONDS.toNanos(20);

    private static final long WATCHED_NS = TimeUnit.SECONDS.toNanos(10);

    private final BenchOptions options;
    private final Cores cores;

    IdleMemory(BenchOptions options, Cores cores) {
        this.options = options;
        this.cores = cores;
    }

    private record Memory(long heapBytes, long residentBytes) {}

    boolean run() throws IOException {
        System.out.println("| peer | connections | heap B each | resident B each | idle CPU % |");
        System.out.println("|---|--:|--:|--:|--:|");
        for (Peer peer : options.chosenPeers()) {
            if (peer.can(Row.WS_C64)) {
                try (PeerProcess server = PeerProcess.start(peer, options.server(), cores)) {
                    measure(server);
                }
            }
        }
        return true;
    }

    private void measure(PeerProcess server) throws IOException {
        Progress.say("%s: warming up, then opening %d connections", server.peer(), options.idle);
        Load.closed(Row.WS_C64, server, Timing.of(options.warmUp(server.peer()), Duration.ZERO));
        // a first crowd, so that what grows once and stays is not counted for the second
        IdleConnections.open(server.address(), Math.min(options.idle, 1000)).close();
        Memory before = memory(server);
        try (IdleConnections idle = IdleConnections.open(server.address(), options.idle)) {
            Memory after = memory(server);
            LockSupport.parkNanos(CALM_NS);
            double cpuPercent = cpuPercent(server);
            idle.probe();
            System.out.printf(
                    "| %s | %d | %d | %d | %.2f |%n",
                    server.peer(),
                    options.idle,
                    (after.heapBytes - before.heapBytes) / options.idle,
                    (after.residentBytes - before.residentBytes) / options.idle,
                    cpuPercent);
        }
    }

    private Memory memory(PeerProcess server) throws IOException {
        LockSupport.parkNanos(SETTLE_NS);
        long heapBytes = server.peer().isJvm() ? heapBytes(server.pid()) : 0;
        return new Memory(heapBytes, new ProcessUsage(server.pid()).residentBytes());
    }

    /** The histogram's last line holds the sum of what is reachable: counting it begins with a full collection. */
    private long heapBytes(long pid) throws IOException {
        List<String> lines = Tool.run(
                        List.of(options.server().jcmd().toString(), Long.toString(pid), "GC.class_histogram"))
                .lines()
                .filter(line -> line.startsWith("Total"))
                .toList();
        String[] fields = lines.get(lines.size() - 1).trim().split(" +");
        return Long.parseLong(fields[2]);
    }

    private static double cpuPercent(PeerProcess server) {
        ProcessUsage usage = new ProcessUsage(server.pid());
        long before = usage.cpuNs();
        long startNs = System.nanoTime();
        LockSupport.parkNanos(WATCHED_NS);
        return (usage.cpuNs() - before) * 100.0 / (System.nanoTime() - startNs);
    }
}
