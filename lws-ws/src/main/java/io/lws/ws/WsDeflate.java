package io.lws.ws;

import io.lws.VhostOption;
import io.lws.ws.deflate.ContextTakeover;
import io.lws.ws.deflate.DeflateTerms;

/**
 * Turns permessage-deflate (RFC 7692) on for a vhost; without this option it is never agreed to. Immutable.
 *
 * <p>{@code level} is zlib's, 1 (fastest, the default) to 9. Messages of less than {@code thresholdBytes} (64) go out as
 * they are. {@code takeover} and {@code windowBits} are what we wish of the peer's messages: with {@link Takeover#NONE} or
 * a small window ({@code 8} to {@code 15}, the default, for 256 bytes to 32 KiB) an idle session holds less of what was
 * received. {@code ownTakeover} is ours: {@link Takeover#NONE} compresses each message by itself. {@code maxDeflaters}
 * (128) bounds how many sessions of a loop have a compressor, of 256 KiB, at one time; one that has to give it away
 * begins anew.
 */
public record WsDeflate(
        int level, int thresholdBytes, Takeover takeover, int windowBits, Takeover ownTakeover, int maxDeflaters)
        implements VhostOption {
    private static final WsDeflate DEFAULTS = builder().build();

    /** Whether messages may refer to the ones before them (RFC 7692 7.1.1). */
    public enum Takeover {
        /** They may: what is small and repeats itself shrinks most. */
        KEPT(ContextTakeover.KEPT),
        /** Each message stands alone. */
        NONE(ContextTakeover.NONE);

        final ContextTakeover wire;

        Takeover(ContextTakeover wire) {
            this.wire = wire;
        }
    }

    public WsDeflate {
        if (level < 1 || level > 9) {
            throw new IllegalArgumentException("level must be from 1 to 9, not " + level);
        }
        if (windowBits < DeflateTerms.MIN_WINDOW_BITS || windowBits > DeflateTerms.MAX_WINDOW_BITS) {
            throw new IllegalArgumentException("windowBits must be from 8 to 15, not " + windowBits);
        }
        if (thresholdBytes < 0) {
            throw new IllegalArgumentException("thresholdBytes must not be negative: " + thresholdBytes);
        }
        if (maxDeflaters < 1) {
            throw new IllegalArgumentException("maxDeflaters must be above 0, not " + maxDeflaters);
        }
    }

    /** What is good for most. */
    public static WsDeflate defaults() {
        return DEFAULTS;
    }

    /**
     * permessage-deflate with these settings, to be given its place among other extensions by {@link WsExtensions}: a client
     * may offer it twice, as it would like it and, for servers that cannot, as it takes it. As an option of a vhost this
     * record means the same, in the last place.
     */
    public WsExtension extension() {
        return new DeflateExtension(this);
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Not thread-safe; each {@link #build} gives an independent value. */
    public static final class Builder {
        private int level = 1;
        private int thresholdBytes = 64;
        private Takeover takeover = Takeover.KEPT;
        private int windowBits = DeflateTerms.MAX_WINDOW_BITS;
        private Takeover ownTakeover = Takeover.KEPT;
        private int maxDeflaters = 128;

        private Builder() {}

        public Builder level(int value) {
            level = value;
            return this;
        }

        public Builder thresholdBytes(int bytes) {
            thresholdBytes = bytes;
            return this;
        }

        public Builder takeover(Takeover ofThePeer) {
            takeover = ofThePeer;
            return this;
        }

        public Builder windowBits(int bits) {
            windowBits = bits;
            return this;
        }

        public Builder ownTakeover(Takeover ofOurs) {
            ownTakeover = ofOurs;
            return this;
        }

        public Builder maxDeflaters(int perLoop) {
            maxDeflaters = perLoop;
            return this;
        }

        public WsDeflate build() {
            return new WsDeflate(level, thresholdBytes, takeover, windowBits, ownTakeover, maxDeflaters);
        }
    }
}
