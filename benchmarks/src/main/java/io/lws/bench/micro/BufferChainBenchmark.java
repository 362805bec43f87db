package io.lws.bench.micro;

import io.lws.buffer.BufferChain;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a choked peer costs: output kept, then taken out again. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BufferChainBenchmark {
    private static final int KEPT_BYTES = 64 << 10;

    @Param({"64", "4096", "65536"})
    int pieceBytes = 64;

    private final BufferChain chain = new BufferChain();
    private final ByteBuffer in = ByteBuffer.allocateDirect(KEPT_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(KEPT_BYTES);

    /** For the harness. */
    public BufferChainBenchmark() {}

    /** 64 KiB in pieces, out in one go. */
    @Benchmark
    public int appendAndDrain() {
        for (int at = 0; at < KEPT_BYTES; at += pieceBytes) {
            chain.append(in.limit(at + pieceBytes).position(at));
        }
        in.clear();
        return chain.drainTo(out.clear());
    }
}
