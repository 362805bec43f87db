package io.lws.ws;

import java.nio.ByteBuffer;

/**
 * UTF-8 checked as it arrives (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF), failing at the first
 * byte that cannot be right. It has no object: the state is one int, zero between characters.
 *
 * <p>A state inside a character holds how many bytes it still wants and the range of the next one, which is where all
 * the rules of table 3-7 of Unicode live: {@code wanted | lowest << 8 | highest << 16}.
 */
final class Utf8Validator {
    /** Between two characters: where text starts and where it must end. */
    static final int BOUNDARY = 0;
    /** Not UTF-8, whatever follows. */
    static final int INVALID = -1;

    private static final int ANY_TAIL = 0x80 << 8 | 0xbf << 16;

    private Utf8Validator() {}

    /** The state after {@code [from, to)} of {@code buffer}, absolute indices, or {@link #INVALID}. */
    static int advance(int state, ByteBuffer buffer, int from, int to) {
        int at = from;
        int now = state;
        while (now > BOUNDARY && at < to) {
            now = tail(now, buffer.get(at++) & 0xff);
        }
        while (now == BOUNDARY && at < to) {
            if (to - at >= Long.BYTES && (buffer.getLong(at) & WsMask.NON_ASCII) == 0) {
                at += Long.BYTES;
                continue;
            }
            // not all ASCII: character by character for the length of a word, then look for a run again
            int stop = Math.min(to, at + Long.BYTES);
            while (at < stop && now == BOUNDARY) {
                int lead = buffer.get(at++);
                if (lead < 0) {
                    now = lead(lead & 0xff);
                    while (now > BOUNDARY && at < to) {
                        now = tail(now, buffer.get(at++) & 0xff);
                    }
                }
            }
        }
        return now;
    }

    private static int lead(int octet) {
        if (octet < 0xe0) {
            return octet >= 0xc2 ? 1 | ANY_TAIL : INVALID;
        }
        if (octet < 0xf0) {
            return switch (octet) {
                case 0xe0 -> 2 | 0xa0 << 8 | 0xbf << 16;
                case 0xed -> 2 | 0x80 << 8 | 0x9f << 16;
                default -> 2 | ANY_TAIL;
            };
        }
        return switch (octet) {
            case 0xf0 -> 3 | 0x90 << 8 | 0xbf << 16;
            case 0xf1, 0xf2, 0xf3 -> 3 | ANY_TAIL;
            case 0xf4 -> 3 | 0x80 << 8 | 0x8f << 16;
            default -> INVALID;
        };
    }

    private static int tail(int state, int octet) {
        if (octet < (state >> 8 & 0xff) || octet > state >> 16) {
            return INVALID;
        }
        int wanted = (state & 0xff) - 1;
        return wanted == 0 ? BOUNDARY : wanted | ANY_TAIL;
    }
}
