package io.lws.ws.deflate;

import java.util.stream.IntStream;

/**
 * What was agreed about one direction (RFC 7692 7.1): whether a message may refer to the ones before it, and how far
 * back, 2 to the power of {@code windowBits} (8 to 15).
 */
public record DeflateTerms(ContextTakeover takeover, int windowBits) {
    /** No agreement can ask for more. */
    public static final int MAX_WINDOW_BITS = 15;

    public static final int MIN_WINDOW_BITS = 8;

    private static final DeflateTerms[] ALONE = IntStream.rangeClosed(MIN_WINDOW_BITS, MAX_WINDOW_BITS)
            .mapToObj(bits -> new DeflateTerms(ContextTakeover.NONE, bits))
            .toArray(DeflateTerms[]::new);

    public DeflateTerms {
        if (windowBits < MIN_WINDOW_BITS || windowBits > MAX_WINDOW_BITS) {
            throw new IllegalArgumentException("windowBits must be from 8 to 15, not " + windowBits);
        }
    }

    /** For a message that stands alone in a window of {@code windowBits}. */
    public static DeflateTerms alone(int windowBits) {
        return ALONE[windowBits - MIN_WINDOW_BITS];
    }

    int windowBytes() {
        return 1 << windowBits;
    }
}
