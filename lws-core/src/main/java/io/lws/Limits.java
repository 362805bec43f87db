package io.lws;

import java.time.Duration;

/**
 * The bounds of a context that belong to no single role. Role limits ({@code HttpLimits}, {@code WsLimits}) are set on
 * the vhost.
 *
 * @param maxConnections open connections in the context; at the bound accepting pauses, nothing is refused
 * @param acceptBackoff how long accepting rests after the system ran out of descriptors
 * @param sendTimeout a peer that takes no byte of waiting output for this long is dropped
 * @param lingerTimeout how long a closed connection waits for the peer's end of stream before it is cut
 * @param maxPendingBytes output kept for a choked connection; a role that goes on beyond it loses the connection
 * @param rxStopBytes above this much waiting output nothing more is read from the peer, so that one who sends but does
 *     not read cannot make us collect answers
 * @param turnBytes output one connection may make in a turn of the loop before others get theirs
 * @param turnWriteables writeable callbacks one connection may have in a turn
 * @param maxHandshakes TLS handshakes under way in the context; at the bound accepting pauses, nothing is refused
 * @param handshakeTimeout the time of a TLS handshake in total; a peer that sends byte after byte gains nothing
 * @param maxClientHelloBytes the most that is kept of a ClientHello before its vhost is known, at most 64 KiB
 */
public record Limits(
        int maxConnections,
        Duration acceptBackoff,
        Duration sendTimeout,
        Duration lingerTimeout,
        int maxPendingBytes,
        int rxStopBytes,
        int turnBytes,
        int turnWriteables,
        int maxHandshakes,
        Duration handshakeTimeout,
        int maxClientHelloBytes) {

    private static final int MAX_CLIENT_HELLO_BYTES = 64 << 10;

    public static final Limits DEFAULT = builder().build();

    public Limits {
        positive("maxConnections", maxConnections);
        positive("maxPendingBytes", maxPendingBytes);
        positive("rxStopBytes", rxStopBytes);
        positive("turnBytes", turnBytes);
        positive("turnWriteables", turnWriteables);
        positive("maxHandshakes", maxHandshakes);
        positive("handshakeTimeout", handshakeTimeout.toNanos());
        positive("maxClientHelloBytes", maxClientHelloBytes);
        if (maxClientHelloBytes > MAX_CLIENT_HELLO_BYTES) {
            throw new IllegalArgumentException("maxClientHelloBytes must not be above " + MAX_CLIENT_HELLO_BYTES);
        }
        positive("acceptBackoff", acceptBackoff.toNanos());
        positive("sendTimeout", sendTimeout.toNanos());
        positive("lingerTimeout", lingerTimeout.toNanos());
    }

    public static Builder builder() {
        return new Builder();
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be above 0, not " + value);
        }
    }

    /** Starts from the defaults. */
    public static final class Builder {
        private int maxConnections = 1_000_000;
        private Duration acceptBackoff = Duration.ofMillis(100);
        private Duration sendTimeout = Duration.ofSeconds(15);
        private Duration lingerTimeout = Duration.ofSeconds(2);
        private int maxPendingBytes = 32 << 20;
        private int rxStopBytes = 64 << 10;
        private int turnBytes = 256 << 10;
        private int turnWriteables = 1024;
        private int maxHandshakes = 4096;
        private Duration handshakeTimeout = Duration.ofSeconds(10);
        private int maxClientHelloBytes = MAX_CLIENT_HELLO_BYTES;

        private Builder() {}

        public Builder maxConnections(int value) {
            maxConnections = value;
            return this;
        }

        public Builder acceptBackoff(Duration value) {
            acceptBackoff = value;
            return this;
        }

        public Builder sendTimeout(Duration value) {
            sendTimeout = value;
            return this;
        }

        public Builder lingerTimeout(Duration value) {
            lingerTimeout = value;
            return this;
        }

        public Builder maxPendingBytes(int value) {
            maxPendingBytes = value;
            return this;
        }

        public Builder rxStopBytes(int value) {
            rxStopBytes = value;
            return this;
        }

        public Builder turnBytes(int value) {
            turnBytes = value;
            return this;
        }

        public Builder turnWriteables(int value) {
            turnWriteables = value;
            return this;
        }

        public Builder maxHandshakes(int value) {
            maxHandshakes = value;
            return this;
        }

        public Builder handshakeTimeout(Duration value) {
            handshakeTimeout = value;
            return this;
        }

        public Builder maxClientHelloBytes(int value) {
            maxClientHelloBytes = value;
            return this;
        }

        public Limits build() {
            return new Limits(
                    maxConnections,
                    acceptBackoff,
                    sendTimeout,
                    lingerTimeout,
                    maxPendingBytes,
                    rxStopBytes,
                    turnBytes,
                    turnWriteables,
                    maxHandshakes,
                    handshakeTimeout,
                    maxClientHelloBytes);
        }
    }
}
