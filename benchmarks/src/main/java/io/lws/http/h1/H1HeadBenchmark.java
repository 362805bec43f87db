package io.lws.http.h1;

import io.lws.http.Headers;
import io.lws.http.HttpLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

/** A request head found, read and let go; an answer's head written. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class H1HeadBenchmark {
    private static final String LEAN = "GET /plaintext HTTP/1.1\r\nHost: localhost:7681\r\n\r\n";
    private static final String BROWSER = """
            GET /a/page.html?q=1 HTTP/1.1\r
            Host: localhost:7681\r
            User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r
            Accept-Language: en-US,en;q=0.5\r
            Accept-Encoding: gzip, deflate, br, zstd\r
            Connection: keep-alive\r
            Upgrade-Insecure-Requests: 1\r
            Sec-Fetch-Dest: document\r
            Sec-Fetch-Mode: navigate\r
            Sec-Fetch-Site: none\r
            Priority: u=0, i\r
            \r
            """;
    private static final int BODY_BYTES = 13;

    @Param({"lean", "browser"})
    String request = "lean";

    private final H1HeadScanner scanner = new H1HeadScanner(HttpLimits.DEFAULT);
    private final H1HeadPool pool = new H1HeadPool();
    private final H1Encoder encoder = new H1Encoder();
    private final Headers headers = Headers.of("Content-Type", "text/plain");
    private final ByteBuffer out = ByteBuffer.allocateDirect(1024);
    private ByteBuffer in = ByteBuffer.allocateDirect(0);

    /** For the harness. */
    public H1HeadBenchmark() {}

    @Setup
    public void fill() {
        byte[] bytes = (request.equals("lean") ? LEAN : BROWSER).getBytes(StandardCharsets.US_ASCII);
        in = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        encoder.updateClock(System.currentTimeMillis());
    }

    @Benchmark
    public int scan() {
        return scanner.scan(in.rewind());
    }

    @Benchmark
    public boolean scanAndRead() {
        in.rewind();
        H1RequestHead head = pool.acquire();
        head.read(in, scanner.scan(in), HttpLimits.DEFAULT);
        boolean keepAlive = head.wantsKeepAlive();
        pool.release(head);
        return keepAlive;
    }

    @Benchmark
    public boolean writeAnswerHead() {
        return encoder.writeHead(out.clear(), 200, ConnectionField.DEFAULT, headers, BODY_BYTES);
    }
}
