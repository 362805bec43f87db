package io.lws.ws.deflate;

/**
 * What was agreed about one direction (RFC 7692 7.1): whether a message may refer to the ones before it, and how far
 * back, 2 to the power of {@code windowBits} (8 to 15).
 */
public record DeflateTerms(ContextTakeover takeover, int windowBits) {
    /** No agreement can ask for more. */
    public static final int MAX_WINDOW_BITS = 15;

    public static final int MIN_WINDOW_BITS = 8;

    public DeflateTerms {
        if (windowBits < MIN_WINDOW_BITS || windowBits > MAX_WINDOW_BITS) {
            throw new IllegalArgumentException("windowBits must be from 8 to 15, not " + windowBits);
        }
    }

    int windowBytes() {
        return 1 << windowBits;
    }
}
