package io.lws.ws;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The exclusive-or of RFC 6455 5.3, in place, eight bytes at a time. A key is the four bytes of the wire as a big-endian
 * int; the key for the byte after {@code n} masked ones is {@link #after}, so no phase needs to be kept beside it.
 */
final class WsMask {
    /** The top bit of each byte: clear in all of them means eight ASCII bytes. */
    static final long NON_ASCII = 0x8080_8080_8080_8080L;

    private WsMask() {}

    /** The key as it applies {@code bytes} further on. */
    static int after(int key, int bytes) {
        return Integer.rotateLeft(key, (bytes & 3) << 3);
    }

    /**
     * Masks or unmasks {@code [from, to)}, absolute indices, position and limit untouched. Tells whether all that came
     * out is ASCII: it is in the registers anyway, and saves text a second pass.
     */
    static boolean apply(ByteBuffer buffer, int from, int to, int key) {
        int wordKey = buffer.order() == ByteOrder.BIG_ENDIAN ? key : Integer.reverseBytes(key);
        long longKey = wordKey & 0xffff_ffffL | (long) wordKey << 32;
        long seen = 0;
        int at = from;
        for (int lastWord = to - Long.BYTES; at <= lastWord; at += Long.BYTES) {
            long word = buffer.getLong(at) ^ longKey;
            buffer.putLong(at, word);
            seen |= word;
        }
        int tailKey = key;
        for (; at < to; at++) {
            tailKey = Integer.rotateLeft(tailKey, 8);
            byte plain = (byte) (buffer.get(at) ^ tailKey);
            buffer.put(at, plain);
            seen |= plain;
        }
        return (seen & NON_ASCII) == 0;
    }
}
