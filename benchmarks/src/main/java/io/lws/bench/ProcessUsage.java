package io.lws.bench;

import io.lws.bench.load.Usage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a process has used. Linux tells the nanoseconds each thread ran; elsewhere the platform's own figure does, which
 * may be as coarse as ten milliseconds.
 */
final class ProcessUsage {
    private static final long TICK_NS = 10_000_000;
    private static final int FIRST_IDLE_FIELD = 4;
    private static final int LAST_BUSY_FIELD = 7;

    private final long pid;

    ProcessUsage(long pid) {
        this.pid = pid;
    }

    /** The server's, this process', and the server core's. */
    Usage now() {
        return new Usage(
                cpuNs(), new ProcessUsage(ProcessHandle.current().pid()).cpuNs(), coreBusyNs("cpu" + Cores.SERVER));
    }

    /** CPU time of all threads, those of child processes included. */
    long cpuNs() {
        long sum = threadsNs(pid);
        if (sum == 0) {
            return ProcessHandle.of(pid)
                    .flatMap(handle -> handle.info().totalCpuDuration())
                    .map(Duration::toNanos)
                    .orElse(0L);
        }
        return sum + children();
    }

    private long children() {
        return ProcessHandle.of(pid)
                .map(handle -> handle.descendants()
                        .mapToLong(each -> threadsNs(each.pid()))
                        .sum())
                .orElse(0L);
    }

    private static long threadsNs(long pid) {
        long sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                sum += threadNs(thread);
            }
        } catch (IOException e) {
            return 0;
        }
        return sum;
    }

    private static long threadNs(Path thread) {
        try {
            String[] fields =
                    Files.readString(thread.resolve("schedstat")).trim().split(" ");
            return Long.parseLong(fields[0]);
        } catch (IOException e) {
            // it has ended meanwhile
            return 0;
        }
    }

    /** Resident memory in bytes; 0 where it cannot be told. */
    long residentBytes() {
        return lines("/proc/" + pid + "/status").stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
    }

    private static long coreBusyNs(String core) {
        return lines("/proc/stat").stream()
                .filter(line -> line.startsWith(core + " "))
                .mapToLong(ProcessUsage::busyNs)
                .findFirst()
                .orElse(0);
    }

    /** Fields: user, nice, system, idle, iowait, irq, softirq. */
    private static long busyNs(String line) {
        String[] fields = line.split(" +");
        long ticks = 0;
        for (int i = 1; i <= LAST_BUSY_FIELD; i++) {
            if (i != FIRST_IDLE_FIELD && i != FIRST_IDLE_FIELD + 1) {
                ticks += Long.parseLong(fields[i]);
            }
        }
        return ticks * TICK_NS;
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            return List.of();
        }
    }
}
