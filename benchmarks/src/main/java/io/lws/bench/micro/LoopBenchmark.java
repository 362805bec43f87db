package io.lws.bench.micro;

import io.lws.loop.EventLoop;
import io.lws.loop.NanoClock;
import io.lws.loop.NioPoller;
import io.lws.loop.Timer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Timers and tasks of a loop that holds as many timers as it has connections. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LoopBenchmark {
    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);

    @Param({"64", "16384"})
    int connections = 64;

    private final EventLoop loop = new EventLoop(0, poller(), NanoClock.SYSTEM);
    private Timer[] timers = {};
    private int next;
    private long done;
    private final Runnable task = this::count;

    /** For the harness. */
    public LoopBenchmark() {}

    private static NioPoller poller() {
        try {
            return new NioPoller();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Setup
    public void arm() {
        loop.serviceOnce(0);
        timers = new Timer[connections];
        for (int i = 0; i < connections; i++) {
            timers[i] = new Timer(nowNs -> done++);
            loop.schedule(timers[i], MINUTE_NS + i);
        }
    }

    @TearDown
    public void close() {
        loop.poller().close();
    }

    private void count() {
        done++;
    }

    private Timer nextTimer() {
        next = next + 1 == timers.length ? 0 : next + 1;
        return timers[next];
    }

    /** What a timeout that each message pushes back costs. */
    @Benchmark
    public void pushTimerBack() {
        loop.schedule(nextTimer(), MINUTE_NS + next);
    }

    /** Out of the queue and in again. */
    @Benchmark
    public void cancelAndArmTimer() {
        Timer timer = nextTimer();
        loop.cancel(timer);
        loop.schedule(timer, MINUTE_NS);
    }

    /** A turn in which nothing happens but a look at the selector: what the next one is compared with. */
    @Benchmark
    public int turn() {
        return loop.serviceOnce(0);
    }

    @Benchmark
    public long turnWithTask() {
        loop.execute(task);
        loop.serviceOnce(0);
        return done;
    }
}
