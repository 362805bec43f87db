package io.lws.bench.load;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** Warm-up, then the time that counts. What happens before and after is dropped. */
final class Window {
    private static final long LONGEST_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;

    private final Supplier<Usage> meter;
    private final long measuredNs;
    private final Histogram latencyNs = new Histogram(LONGEST_NS, DIGITS);
    private long nextEdgeNs;
    private long startNs;
    private boolean measuring;
    private long operations;
    private long receivedBytes;
    private Usage before = Usage.NONE;

    Window(Timing timing, Supplier<Usage> meter) {
        this.meter = meter;
        measuredNs = timing.measuredNs();
        nextEdgeNs = System.nanoTime() + timing.warmUpNs();
    }

    void received(int bytes) {
        receivedBytes += bytes;
    }

    void operation(long latency) {
        operations++;
        if (measuring) {
            latencyNs.recordValue(Math.min(LONGEST_NS, Math.max(0, latency)));
        }
    }

    /** An operation of whose time another one tells. */
    void untimedOperation() {
        operations++;
    }

    /** False once the measured time is over. */
    boolean isOpen(long nowNs) {
        if (nowNs - nextEdgeNs < 0) {
            return true;
        }
        if (measuring) {
            return false;
        }
        measuring = true;
        operations = 0;
        receivedBytes = 0;
        before = meter.get();
        startNs = System.nanoTime();
        nextEdgeNs = startNs + measuredNs;
        return true;
    }

    LoadResult result() {
        Usage used = meter.get().since(before);
        return new LoadResult(operations, System.nanoTime() - startNs, receivedBytes, used, latencyNs);
    }
}
