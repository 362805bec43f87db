package io.lws.http.client;

import io.lws.VhostOption;
import io.lws.http.HttpLimits;
import io.lws.http.wire.WireLimits;
import java.time.Duration;

/**
 * What a client and its origins may cost. Immutable.
 *
 * @param headerBytes longest header block of a response, at most 48 KiB; also of its trailers
 * @param headerCount most field lines in a block
 * @param maxInterim most interim responses to a request within a second; how many in all is for its timeouts to bound
 * @param connectionsPerOrigin open connections to an origin, on each loop; further exchanges wait
 * @param idlePerOrigin those among them that are kept without an exchange
 * @param waitingPerOrigin exchanges that may wait for a connection to an origin; more fail with {@code BUSY}
 * @param keepAlive how long an idle connection is kept
 * @param pipelineDepth safe requests under way on one HTTP/1.1 connection; 1 = no pipelining
 * @param responseBytes longest decoded content of a response that is waited for whole ({@code send})
 * @param inflation most bytes that decode from one, once a mebibyte has come of it
 */
public record HttpClientLimits(
        int headerBytes,
        int headerCount,
        int maxInterim,
        int connectionsPerOrigin,
        int idlePerOrigin,
        int waitingPerOrigin,
        Duration keepAlive,
        int pipelineDepth,
        int responseBytes,
        int inflation)
        implements VhostOption {
    public static final HttpClientLimits DEFAULT = builder().build();

    private static final int MAX_HEADER_BYTES = 48 << 10;
    private static final int STATUS_LINE_BYTES = 1024;

    public HttpClientLimits {
        requireWithin("headerBytes", headerBytes, 32, MAX_HEADER_BYTES);
        requireWithin("headerCount", headerCount, 1, 1 << 14);
        requireWithin("maxInterim", maxInterim, 0, 1000);
        requireWithin("connectionsPerOrigin", connectionsPerOrigin, 1, 1 << 16);
        requireWithin("idlePerOrigin", idlePerOrigin, 0, 1 << 16);
        requireWithin("waitingPerOrigin", waitingPerOrigin, 0, Integer.MAX_VALUE);
        requireWithin("pipelineDepth", pipelineDepth, 1, 100);
        requireWithin("responseBytes", responseBytes, 0, Integer.MAX_VALUE - 8);
        requireWithin("inflation", inflation, 1, Integer.MAX_VALUE);
        if (keepAlive.isNegative() || keepAlive.isZero()) {
            throw new IllegalArgumentException("keepAlive must be positive, not " + keepAlive);
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    private static void requireWithin(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + ".." + max + ", not " + value);
        }
    }

    WireLimits wire() {
        HttpLimits head = HttpLimits.builder()
                .requestLineBytes(STATUS_LINE_BYTES)
                .headerBytes(headerBytes)
                .headerCount(headerCount)
                .build();
        return new WireLimits(head, maxInterim, keepAlive, pipelineDepth);
    }

    /** Begins with the defaults. Not thread-safe. */
    public static final class Builder {
        private int headerBytes = 32 << 10;
        private int headerCount = 200;
        private int maxInterim = 100;
        private int connectionsPerOrigin = 16;
        private int idlePerOrigin = 8;
        private int waitingPerOrigin = 1000;
        private Duration keepAlive = Duration.ofSeconds(15);
        private int pipelineDepth = 1;
        private int responseBytes = 16 << 20;
        private int inflation = 200;

        private Builder() {}

        public Builder headerBytes(int bytes) {
            headerBytes = bytes;
            return this;
        }

        public Builder headerCount(int count) {
            headerCount = count;
            return this;
        }

        public Builder maxInterim(int count) {
            maxInterim = count;
            return this;
        }

        public Builder connectionsPerOrigin(int count) {
            connectionsPerOrigin = count;
            return this;
        }

        public Builder idlePerOrigin(int count) {
            idlePerOrigin = count;
            return this;
        }

        public Builder waitingPerOrigin(int count) {
            waitingPerOrigin = count;
            return this;
        }

        public Builder keepAlive(Duration limit) {
            keepAlive = limit;
            return this;
        }

        public Builder pipelineDepth(int depth) {
            pipelineDepth = depth;
            return this;
        }

        public Builder responseBytes(int bytes) {
            responseBytes = bytes;
            return this;
        }

        public Builder inflation(int ratio) {
            inflation = ratio;
            return this;
        }

        public HttpClientLimits build() {
            return new HttpClientLimits(
                    headerBytes,
                    headerCount,
                    maxInterim,
                    connectionsPerOrigin,
                    idlePerOrigin,
                    waitingPerOrigin,
                    keepAlive,
                    pipelineDepth,
                    responseBytes,
                    inflation);
        }
    }
}
