package io.lws.http.hpack;

import java.nio.ByteBuffer;

/** Writes strings, one char per octet, in the Huffman code. */
final class HuffmanEncoder {
    private HuffmanEncoder() {}

    /** How long {@code text} gets. */
    static int codedBytes(String text) {
        long bits = 0;
        for (int i = 0; i < text.length(); i++) {
            bits += HuffmanCode.bits(text.charAt(i) & 0xff);
        }
        return (int) (bits + 7 >> 3);
    }

    static void encode(String text, ByteBuffer out) {
        long pending = 0;
        int pendingBits = 0;
        for (int i = 0; i < text.length(); i++) {
            int symbol = text.charAt(i) & 0xff;
            int bits = HuffmanCode.bits(symbol);
            pending = pending << bits | HuffmanCode.code(symbol);
            pendingBits += bits;
            while (pendingBits >= 8) {
                pendingBits -= 8;
                out.put((byte) (pending >> pendingBits));
            }
        }
        if (pendingBits > 0) {
            out.put((byte) (pending << 8 - pendingBits | 0xff >> pendingBits));
        }
    }
}
