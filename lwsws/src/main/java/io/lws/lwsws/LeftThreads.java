package io.lws.lwsws;

import io.lws.Log;
import java.time.Duration;
import java.util.List;

/** Threads that plugins have left behind: such a one would keep the process for as long as it runs, with nothing to serve. */
final class LeftThreads {
    private static final Log LOG = Log.of("lwsws");
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private LeftThreads() {}

    /** Returns when the last of them has ended; those that do not are told of by name. */
    static void await() {
        if (isEnding()) {
            return;
        }
        List<Thread> left = left();
        long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (Thread each : left) {
                each.join(Math.max(1, (deadlineNs - System.nanoTime()) / 1_000_000));
                if (each.isAlive()) {
                    LOG.warn("stop", "thread " + each.getName() + " still runs; not waiting for it" + where(each));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Told to end, the process asks no thread. */
    private static boolean isEnding() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private static List<Thread> left() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> !each.isDaemon() && each.isAlive() && each != Thread.currentThread())
                .filter(each ->
                        each.getThreadGroup() != null && each.getThreadGroup().getParent() != null)
                .toList();
    }

    private static String where(Thread thread) {
        StackTraceElement[] frames = thread.getStackTrace();
        return frames.length == 0 ? "" : " (" + frames[frames.length - 1] + ")";
    }
}
