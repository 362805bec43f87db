package io.lws.http;

import io.lws.VhostOption;
import java.time.Duration;

/**
 * What one HTTP/2 connection may cost, besides what {@link HttpLimits} say of every request. Immutable; {@link #DEFAULT}
 * is safe on the open internet. Where a peer goes beyond a number per {@code budgetPeriod}, the connection ends with
 * ENHANCE_YOUR_CALM.
 *
 * @param streams requests under way at once; more are refused, and the peer knows
 * @param headerListBytes longest list of fields, each counted with 32 bytes more than its text (RFC 9113 6.5.2); more is
 *     431
 * @param headerBlockBytes longest compressed form of a list
 * @param continuations CONTINUATION frames in one block
 * @param tableBytes HPACK table of fields received, and at most the same of fields sent
 * @param streamWindowBytes what may arrive on one stream before its protocol has read it
 * @param connectionWindowBytes the same for all streams together, at least 65535
 * @param resets streams the peer resets, and those it makes us reset, per period
 * @param controlFrames PING, SETTINGS, PRIORITY and frames of unknown type per period, besides one for each request
 * @param emptyFrames DATA frames without content that end nothing, per period
 * @param windowUpdates WINDOW_UPDATE frames per period, besides those that what was sent accounts for
 * @param budgetPeriod the time these numbers are for
 */
public record H2Limits(
        int streams,
        int headerListBytes,
        int headerBlockBytes,
        int continuations,
        int tableBytes,
        int streamWindowBytes,
        int connectionWindowBytes,
        int resets,
        int controlFrames,
        int emptyFrames,
        int windowUpdates,
        Duration budgetPeriod)
        implements VhostOption {
    public static final H2Limits DEFAULT = new Builder().build();

    private static final int MIN_CONNECTION_WINDOW_BYTES = 65535;

    public H2Limits {
        requireWithin("streams", streams, 1, 1 << 16);
        requireWithin("headerListBytes", headerListBytes, 64, 1 << 20);
        requireWithin("headerBlockBytes", headerBlockBytes, 64, 1 << 20);
        requireWithin("continuations", continuations, 0, 1 << 16);
        requireWithin("tableBytes", tableBytes, 0, 1 << 16);
        requireWithin("streamWindowBytes", streamWindowBytes, 1, 1 << 24);
        requireWithin("connectionWindowBytes", connectionWindowBytes, MIN_CONNECTION_WINDOW_BYTES, 1 << 28);
        requireWithin("resets", resets, 1, Integer.MAX_VALUE);
        requireWithin("controlFrames", controlFrames, 1, Integer.MAX_VALUE);
        requireWithin("emptyFrames", emptyFrames, 1, Integer.MAX_VALUE);
        requireWithin("windowUpdates", windowUpdates, 1, Integer.MAX_VALUE);
        if (budgetPeriod.isNegative() || budgetPeriod.isZero()) {
            throw new IllegalArgumentException("budgetPeriod must be positive, not " + budgetPeriod);
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

    /** Begins with the defaults. Not thread-safe. */
    public static final class Builder {
        private int streams = 128;
        private int headerListBytes = 16 << 10;
        private int headerBlockBytes = 32 << 10;
        private int continuations = 64;
        private int tableBytes = 4096;
        private int streamWindowBytes = 64 << 10;
        private int connectionWindowBytes = 1 << 20;
        private int resets = 200;
        private int controlFrames = 1000;
        private int emptyFrames = 100;
        private int windowUpdates = 2000;
        private Duration budgetPeriod = Duration.ofSeconds(30);

        private Builder() {}

        public Builder streams(int count) {
            streams = count;
            return this;
        }

        public Builder headerListBytes(int bytes) {
            headerListBytes = bytes;
            return this;
        }

        public Builder headerBlockBytes(int bytes) {
            headerBlockBytes = bytes;
            return this;
        }

        public Builder continuations(int count) {
            continuations = count;
            return this;
        }

        public Builder tableBytes(int bytes) {
            tableBytes = bytes;
            return this;
        }

        public Builder streamWindowBytes(int bytes) {
            streamWindowBytes = bytes;
            return this;
        }

        public Builder connectionWindowBytes(int bytes) {
            connectionWindowBytes = bytes;
            return this;
        }

        public Builder resets(int count) {
            resets = count;
            return this;
        }

        public Builder controlFrames(int count) {
            controlFrames = count;
            return this;
        }

        public Builder emptyFrames(int count) {
            emptyFrames = count;
            return this;
        }

        public Builder windowUpdates(int count) {
            windowUpdates = count;
            return this;
        }

        public Builder budgetPeriod(Duration period) {
            budgetPeriod = period;
            return this;
        }

        public H2Limits build() {
            return new H2Limits(
                    streams,
                    headerListBytes,
                    headerBlockBytes,
                    continuations,
                    tableBytes,
                    streamWindowBytes,
                    connectionWindowBytes,
                    resets,
                    controlFrames,
                    emptyFrames,
                    windowUpdates,
                    budgetPeriod);
        }
    }
}
