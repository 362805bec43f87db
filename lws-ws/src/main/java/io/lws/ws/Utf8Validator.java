package io.lws.ws;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * UTF-8 checked as it arrives (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF), failing at the first
 * byte that cannot be right. It has no object: the state is one int, zero between characters.
 *
 * <p>Table 3-7 of Unicode as an automaton of nine states. A state is six times its number; the row of a byte is a long
 * that holds, six bits each, the successor of every state. A step is then {@code row >>> state}: one shift, no branch
 * that text could make unpredictable, and since a shift looks at six bits only, what stands above them need not go.
 */
final class Utf8Validator {
    /** Between two characters: where text starts and where it must end. */
    static final int BOUNDARY = 0;
    /** Not UTF-8, whatever follows. */
    static final int INVALID = 6;

    private static final int STATE = 0x3f;

    /** States inside a character: any tail and then so many more, or only part of the tails first. */
    private static final int TAIL_1 = 12;

    private static final int TAIL_2 = 18;
    private static final int TAIL_3 = 24;
    private static final int AFTER_E0 = 30;
    private static final int AFTER_ED = 36;
    private static final int AFTER_F0 = 42;
    private static final int AFTER_F4 = 48;
    private static final int LAST_STATE = AFTER_F4;

    private static final long[] ROWS = rows();

    private Utf8Validator() {}

    /** The state after {@code [from, to)} of {@code buffer}, absolute indices. */
    static int advance(int state, ByteBuffer buffer, int from, int to) {
        boolean swap = buffer.order() != ByteOrder.BIG_ENDIAN;
        long now = state;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = buffer.getLong(at);
            if ((word & WsMask.NON_ASCII) != 0) {
                now = eight(now, swap ? Long.reverseBytes(word) : word);
            } else if ((now & STATE) != BOUNDARY) {
                return INVALID;
            }
        }
        for (; at < to; at++) {
            now = ROWS[buffer.get(at) & 0xff] >>> now;
        }
        return (int) now & STATE;
    }

    private static long eight(long state, long word) {
        long now = ROWS[(int) (word >>> 56)] >>> state;
        now = ROWS[(int) (word >>> 48) & 0xff] >>> now;
        now = ROWS[(int) (word >>> 40) & 0xff] >>> now;
        now = ROWS[(int) (word >>> 32) & 0xff] >>> now;
        now = ROWS[(int) (word >>> 24) & 0xff] >>> now;
        now = ROWS[(int) (word >>> 16) & 0xff] >>> now;
        now = ROWS[(int) (word >>> 8) & 0xff] >>> now;
        return ROWS[(int) word & 0xff] >>> now;
    }

    private static long[] rows() {
        long[] rows = new long[256];
        for (int octet = 0; octet < rows.length; octet++) {
            for (int state = 0; state <= LAST_STATE; state += 6) {
                rows[octet] |= (long) successor(state, octet) << state;
            }
        }
        return rows;
    }

    private static int successor(int state, int octet) {
        return switch (state) {
            case BOUNDARY -> afterFirst(octet);
            case TAIL_1 -> within(octet, 0x80, 0xbf, BOUNDARY);
            case TAIL_2 -> within(octet, 0x80, 0xbf, TAIL_1);
            case TAIL_3 -> within(octet, 0x80, 0xbf, TAIL_2);
            case AFTER_E0 -> within(octet, 0xa0, 0xbf, TAIL_1);
            case AFTER_ED -> within(octet, 0x80, 0x9f, TAIL_1);
            case AFTER_F0 -> within(octet, 0x90, 0xbf, TAIL_2);
            case AFTER_F4 -> within(octet, 0x80, 0x8f, TAIL_2);
            default -> INVALID;
        };
    }

    private static int within(int octet, int lowest, int highest, int successor) {
        return octet >= lowest && octet <= highest ? successor : INVALID;
    }

    private static int afterFirst(int octet) {
        if (octet < 0x80) {
            return BOUNDARY;
        }
        if (octet < 0xe0) {
            return octet >= 0xc2 ? TAIL_1 : INVALID;
        }
        return switch (octet) {
            case 0xe0 -> AFTER_E0;
            case 0xed -> AFTER_ED;
            case 0xf0 -> AFTER_F0;
            case 0xf1, 0xf2, 0xf3 -> TAIL_3;
            case 0xf4 -> AFTER_F4;
            default -> octet < 0xf0 ? TAIL_2 : INVALID;
        };
    }
}
