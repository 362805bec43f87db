package io.lws.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.http.Headers;
import io.lws.http.HttpLimits;
import io.lws.testing.AllocationMeter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A request that nobody asks strings of costs no object: scanned, read, routed by path, answered. */
class H1AllocationTest {
    private static final int REQUESTS = 20_000;

    private final H1HeadScanner scanner = new H1HeadScanner(HttpLimits.DEFAULT);
    private final H1HeadPool pool = new H1HeadPool();
    private final H1Encoder encoder = new H1Encoder();
    private final Headers headers = Headers.of("Content-Type", "text/plain");
    private final ByteBuffer out = ByteBuffer.allocateDirect(1024);
    private final ByteBuffer in = ByteBuffer.allocateDirect(1024);

    @Test
    void allocatesNothingPerRequestInSteadyState() {
        in.put(("GET /a/b.txt HTTP/1.1\r\nHost: localhost:7681\r\nUser-Agent: x\r\nConnection: keep-alive\r\n"
                                + "Accept-Encoding: gzip\r\nX-Unknown: 1\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII))
                .flip();
        long answered = serve(REQUESTS);
        long before = AllocationMeter.allocatedBytes();
        answered += serve(REQUESTS);
        long allocatedBytes = AllocationMeter.allocatedBytes() - before;
        assertEquals(2L * REQUESTS, answered);
        assertTrue(allocatedBytes < REQUESTS, allocatedBytes + " B for " + REQUESTS + " requests");
    }

    private long serve(int requests) {
        long answered = 0;
        for (int i = 0; i < requests; i++) {
            in.rewind();
            H1RequestHead head = pool.acquire();
            head.read(in, scanner.scan(in), HttpLimits.DEFAULT);
            boolean routed = head.path().equals("/a/b.txt") && head.wantsKeepAlive() && !head.isConditional();
            pool.release(head);
            encoder.updateClock(i);
            boolean written = encoder.writeHead(out.clear(), 200, ConnectionField.DEFAULT, headers, i);
            answered += routed && written ? 1 : 0;
        }
        return answered;
    }
}
