package io.lws.ws;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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

/** Text checked, in scripts whose characters take one to four bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Utf8Benchmark {
    private static final int CHARACTERS = 1024;
    private static final Map<String, String> TEXT = Map.of(
            "latin", "plain ascii text ", "greek", "λόγος ", "kana", "こんにちは", "symbols", "\uD83D\uDE80\uD83C\uDF0D");

    @Param({"latin", "greek", "kana", "symbols"})
    String script = "latin";

    private ByteBuffer text = ByteBuffer.allocateDirect(0);

    /** For the harness. */
    public Utf8Benchmark() {}

    @Setup
    public void fill() {
        String piece = TEXT.getOrDefault(script, "");
        byte[] bytes = piece.repeat(CHARACTERS / piece.length()).getBytes(StandardCharsets.UTF_8);
        text = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    @Benchmark
    public int validate() {
        return Utf8Validator.advance(Utf8Validator.BOUNDARY, text, 0, text.limit());
    }
}
