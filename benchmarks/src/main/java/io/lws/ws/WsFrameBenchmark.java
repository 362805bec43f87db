package io.lws.ws;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
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
import org.openjdk.jmh.annotations.Warmup;

/** Frames read and written, at lengths from a chat line to the largest piece a read can bring. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WsFrameBenchmark {
    private static final int KEY = 0x5ac31f86;

    @Param({"64", "1024", "16384"})
    int lengthBytes = 64;

    private final WsFrameParser parser = new WsFrameParser(WsSide.SERVER, WsLimits.defaults(), 0);
    private final WsFrameWriter writer = WsFrameWriter.SERVER;
    private ByteBuffer payload = ByteBuffer.allocateDirect(0);
    private ByteBuffer frame = ByteBuffer.allocateDirect(0);
    private ByteBuffer out = ByteBuffer.allocateDirect(0);

    /** For the harness. */
    public WsFrameBenchmark() {}

    @Setup
    public void fill() {
        byte[] bytes = new byte[lengthBytes];
        Arrays.fill(bytes, (byte) 'a');
        payload = direct(lengthBytes).put(bytes).flip();
        out = direct(lengthBytes + WsWire.MAX_HEADER_BYTES);
        frame = direct(lengthBytes + WsWire.MAX_HEADER_BYTES);
        WsFrameWriter.client(() -> KEY).frame(frame, WsWire.FIN | WsWire.BINARY, payload, 0, lengthBytes);
        frame.flip();
    }

    private static ByteBuffer direct(int capacityBytes) {
        return ByteBuffer.allocateDirect(capacityBytes).order(ByteOrder.nativeOrder());
    }

    /** Unmasks in place, so the payload is another each time; as binary that changes nothing in the work. */
    @Benchmark
    public int parse() {
        return parser.next(frame.rewind());
    }

    @Benchmark
    public boolean mask() {
        return WsMask.apply(payload, 0, lengthBytes, KEY);
    }

    @Benchmark
    public ByteBuffer write() {
        writer.frame(out.clear(), WsWire.FIN | WsWire.BINARY, payload, 0, lengthBytes);
        return out;
    }
}
