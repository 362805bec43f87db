package io.lws.http.hpack;

import io.lws.ProtocolException;
import java.nio.ByteBuffer;

/**
 * Reads Huffman-coded strings four bits at a time. A state is an inner node of the code's tree; a step from it is a
 * number: the next state, and the octet that was completed on the way, of which there is at most one, for no code is
 * shorter than five bits.
 */
final class HuffmanDecoder {
    private static final int STEP_BITS = 4;
    private static final int STEPS = 1 << STEP_BITS;
    private static final int STATE_MASK = 0xff;
    private static final int EMITS = 1 << 8;
    private static final int OCTET_SHIFT = 9;
    private static final int FAILS = -1;

    /** No code is shorter, so a string has at most this many bits per octet. */
    private static final int MIN_CODE_BITS = 5;

    private static final int[] TABLE = new int[(HuffmanCode.SYMBOLS - 1) * STEPS];

    /** Whether a string may end there: at a code's end, or with up to seven ones behind it (RFC 7541 5.2). */
    private static final boolean[] MAY_END = new boolean[HuffmanCode.SYMBOLS - 1];

    static {
        new Tree().fill();
    }

    private HuffmanDecoder() {}

    static int maxDecodedBytes(int codedBytes) {
        return codedBytes * 8 / MIN_CODE_BITS;
    }

    /** Decodes the next {@code codedBytes} of {@code in} into {@code out}; returns how many octets they are. */
    static int decode(ByteBuffer in, int codedBytes, byte[] out) {
        int state = 0;
        int count = 0;
        for (int i = 0; i < codedBytes; i++) {
            int octet = in.get() & 0xff;
            int step = TABLE[state << STEP_BITS | octet >>> STEP_BITS];
            if ((step & EMITS) != 0) {
                out[count++] = (byte) (step >> OCTET_SHIFT);
            }
            step = step == FAILS ? FAILS : TABLE[(step & STATE_MASK) << STEP_BITS | octet & STEPS - 1];
            if (step == FAILS) {
                throw new ProtocolException(HpackDecoder.COMPRESSION_ERROR, "EOS inside a Huffman string");
            }
            if ((step & EMITS) != 0) {
                out[count++] = (byte) (step >> OCTET_SHIFT);
            }
            state = step & STATE_MASK;
        }
        if (!MAY_END[state]) {
            throw new ProtocolException(HpackDecoder.COMPRESSION_ERROR, "Huffman padding is not the shortest of ones");
        }
        return count;
    }

    /** The code as a tree; only here while the table is made. Inner nodes have the numbers of states. */
    private static final class Tree {
        private static final int LEAF = 1 << 16;

        private final int[][] children = new int[HuffmanCode.SYMBOLS - 1][2];
        private int nodes = 1;

        void fill() {
            for (int symbol = 0; symbol < HuffmanCode.SYMBOLS; symbol++) {
                add(symbol);
            }
            for (int state = 0; state < nodes; state++) {
                for (int nibble = 0; nibble < STEPS; nibble++) {
                    TABLE[state << STEP_BITS | nibble] = step(state, nibble);
                }
            }
            int ones = 0;
            for (int padding = 0; padding < 8; padding++) {
                MAY_END[ones] = true;
                ones = children[ones][1];
            }
        }

        private void add(int symbol) {
            int node = 0;
            for (int shift = HuffmanCode.bits(symbol) - 1; shift > 0; shift--) {
                int bit = HuffmanCode.code(symbol) >> shift & 1;
                if (children[node][bit] == 0) {
                    children[node][bit] = nodes++;
                }
                node = children[node][bit];
            }
            children[node][HuffmanCode.code(symbol) & 1] = LEAF | symbol;
        }

        private int step(int state, int nibble) {
            int node = state;
            int emitted = 0;
            for (int shift = STEP_BITS - 1; shift >= 0; shift--) {
                node = children[node][nibble >> shift & 1];
                if (node == (LEAF | HuffmanCode.EOS)) {
                    return FAILS;
                }
                if ((node & LEAF) != 0) {
                    emitted = EMITS | (node & 0xff) << OCTET_SHIFT;
                    node = 0;
                }
            }
            return emitted | node;
        }
    }
}
