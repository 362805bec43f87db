package io.lws.ws;

import io.lws.VhostOption;
import java.time.Duration;

/**
 * Bounds of one WebSocket. Immutable; shared by every session of a vhost. Lengths are payload bytes on the wire and the
 * bound itself is still allowed; a peer that declares more is closed with 1009 before any of it is read.
 *
 * <p>Fragments are streamed, so a message costs no memory however long it is: {@code maxMessageBytes} (16 MiB) bounds
 * the work one message can ask for, and whoever really streams without end says {@code Long.MAX_VALUE} and means it.
 * {@code wholeMessageBytes} (64 KiB) bounds what is held for a protocol that takes whole messages, {@code postedBytes}
 * (1 MiB) what waits in a session for a peer to take it. {@code closeTimeout}
 * (5 s) is how long a peer may take to answer our close frame.
 */
public record WsLimits(
        long maxMessageBytes, long maxFrameBytes, int wholeMessageBytes, int postedBytes, Duration closeTimeout)
        implements VhostOption {
    private static final WsLimits DEFAULTS = builder().build();

    public WsLimits {
        requirePositive(maxMessageBytes, "maxMessageBytes");
        requirePositive(maxFrameBytes, "maxFrameBytes");
        requirePositive(wholeMessageBytes, "wholeMessageBytes");
        requirePositive(postedBytes, "postedBytes");
        if (closeTimeout.isNegative() || closeTimeout.isZero()) {
            throw new IllegalArgumentException("closeTimeout must be positive: " + closeTimeout);
        }
    }

    /** What holds when nothing is said. */
    public static WsLimits defaults() {
        return DEFAULTS;
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    private static void requirePositive(long value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    /** Not thread-safe; each {@link #build} gives an independent value. */
    public static final class Builder {
        private long maxMessageBytes = 16L << 20;
        private long maxFrameBytes = 16L << 20;
        private int wholeMessageBytes = 64 << 10;
        private int postedBytes = 1 << 20;
        private Duration closeTimeout = Duration.ofSeconds(5);

        private Builder() {}

        /** Sum over the frames of one message; default 16 MiB. */
        public Builder maxMessageBytes(long bytes) {
            maxMessageBytes = bytes;
            return this;
        }

        /** One frame; default 16 MiB. */
        public Builder maxFrameBytes(long bytes) {
            maxFrameBytes = bytes;
            return this;
        }

        /** Most that is put together for a protocol that takes whole messages; default 64 KiB. */
        public Builder wholeMessageBytes(int bytes) {
            wholeMessageBytes = bytes;
            return this;
        }

        /** Sum of what {@code session.post} has taken and not sent; default 1 MiB. */
        public Builder postedBytes(int bytes) {
            postedBytes = bytes;
            return this;
        }

        /** How long the peer may take to answer a close frame; default 5 s. */
        public Builder closeTimeout(Duration timeout) {
            closeTimeout = timeout;
            return this;
        }

        public WsLimits build() {
            return new WsLimits(maxMessageBytes, maxFrameBytes, wholeMessageBytes, postedBytes, closeTimeout);
        }
    }
}
