package io.lws.http;

import io.lws.VhostOption;
import java.time.Duration;

/**
 * What one HTTP connection may cost. Immutable; {@link #DEFAULT} is safe on the open internet.
 *
 * @param requestLineBytes longest request line without its CRLF; more is 414
 * @param headerBytes longest header block including the empty line that ends it, also of trailers; more is 431
 * @param headerCount most field lines in a block; more is 431
 * @param bodyBytes longest request content, {@value #UNLIMITED} for no limit; more is 413
 * @param headerTimeout from the first byte of a head to its last, however it drips; then 408
 * @param bodyTimeout longest pause between two pieces of a request's content; then 408
 * @param bodyBytesPerSecond slowest rate at which a request's content may come, after {@code bodyTimeout}; then 408; 0
 *     for any rate
 * @param keepAliveTimeout longest pause between an answer and the next request; then the connection is closed. No wait
 *     of this house is longer than 15 s unless asked for
 * @param requestsPerConnection after so many answers the connection is closed, {@value #UNLIMITED} for no limit
 */
public record HttpLimits(
        int requestLineBytes,
        int headerBytes,
        int headerCount,
        long bodyBytes,
        Duration headerTimeout,
        Duration bodyTimeout,
        int bodyBytesPerSecond,
        Duration keepAliveTimeout,
        long requestsPerConnection)
        implements VhostOption {
    public static final long UNLIMITED = -1;
    public static final HttpLimits DEFAULT = new Builder().build();

    public HttpLimits {
        requireWithin("requestLineBytes", requestLineBytes, 32, 1 << 20);
        requireWithin("headerBytes", headerBytes, 32, 1 << 20);
        requireWithin("headerCount", headerCount, 1, 1 << 14);
        requireWithin("bodyBytes", bodyBytes, UNLIMITED, Long.MAX_VALUE);
        requireWithin("requestsPerConnection", requestsPerConnection, UNLIMITED, Long.MAX_VALUE);
        requireWithin("bodyBytesPerSecond", bodyBytesPerSecond, 0, Integer.MAX_VALUE);
        requirePositive("headerTimeout", headerTimeout);
        requirePositive("bodyTimeout", bodyTimeout);
        requirePositive("keepAliveTimeout", keepAliveTimeout);
    }

    public static Builder builder() {
        return new Builder();
    }

    private static void requireWithin(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + ".." + max + ", not " + value);
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }

    /** Begins with the defaults. Not thread-safe. */
    public static final class Builder {
        private int requestLineBytes = 8192;
        private int headerBytes = 8192;
        private int headerCount = 100;
        private long bodyBytes = 1 << 20;
        private Duration headerTimeout = Duration.ofSeconds(10);
        private Duration bodyTimeout = Duration.ofSeconds(15);
        private int bodyBytesPerSecond = 250;
        private Duration keepAliveTimeout = Duration.ofSeconds(15);
        private long requestsPerConnection = UNLIMITED;

        private Builder() {}

        public Builder requestLineBytes(int bytes) {
            requestLineBytes = bytes;
            return this;
        }

        public Builder headerBytes(int bytes) {
            headerBytes = bytes;
            return this;
        }

        public Builder headerCount(int count) {
            headerCount = count;
            return this;
        }

        public Builder bodyBytes(long bytes) {
            bodyBytes = bytes;
            return this;
        }

        public Builder headerTimeout(Duration timeout) {
            headerTimeout = timeout;
            return this;
        }

        public Builder bodyTimeout(Duration timeout) {
            bodyTimeout = timeout;
            return this;
        }

        public Builder bodyBytesPerSecond(int bytes) {
            bodyBytesPerSecond = bytes;
            return this;
        }

        public Builder keepAliveTimeout(Duration timeout) {
            keepAliveTimeout = timeout;
            return this;
        }

        public Builder requestsPerConnection(long count) {
            requestsPerConnection = count;
            return this;
        }

        public HttpLimits build() {
            return new HttpLimits(
                    requestLineBytes,
                    headerBytes,
                    headerCount,
                    bodyBytes,
                    headerTimeout,
                    bodyTimeout,
                    bodyBytesPerSecond,
                    keepAliveTimeout,
                    requestsPerConnection);
        }
    }
}
