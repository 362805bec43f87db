package io.lws.http.h1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Octets on the wire: classes of RFC 9110 5.6.2 and 5.5 as tables, and eight octets at a time in one long. */
final class Ascii {
    static final byte HTAB = '\t';
    static final byte LF = '\n';
    static final byte CR = '\r';
    static final byte SP = ' ';
    static final byte DEL = 0x7f;

    private static final VarHandle LONG_LE =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long LOWS = ~HIGHS;
    private static final long CASE_BITS = ONES * 0x20;

    /** For each octet that may stand in a token its lower case form, else 0. */
    private static final byte[] LOWER_TCHAR = new byte[256];

    static {
        for (char c : "0123456789abcdefghijklmnopqrstuvwxyz!#$%&'*+-.^_`|~".toCharArray()) {
            LOWER_TCHAR[c] = (byte) c;
            if (c >= 'a' && c <= 'z') {
                LOWER_TCHAR[c - 32] = (byte) c;
            }
        }
    }

    private Ascii() {}

    /** The octet in lower case when it may stand in a token, else 0. */
    static byte lowerTchar(byte octet) {
        return LOWER_TCHAR[octet & 0xff];
    }

    static boolean isTchar(byte octet) {
        return LOWER_TCHAR[octet & 0xff] != 0;
    }

    /** Whether the octet may stand in a field value: VCHAR, obs-text, SP or HTAB. */
    static boolean isFieldValueOctet(byte octet) {
        return octet >= SP && octet != DEL || octet < 0 || octet == HTAB;
    }

    static int hexValue(byte octet) {
        if (octet >= '0' && octet <= '9') {
            return octet - '0';
        }
        int letter = (octet | 0x20) - 'a';
        return letter >= 0 && letter < 6 ? letter + 10 : -1;
    }

    /** The first octet of the eight at {@code at} is the lowest byte of what is returned. */
    static long eightAt(byte[] bytes, int at) {
        return (long) LONG_LE.get(bytes, at);
    }

    /** The high bit of each byte of {@code word} that is an LF; exact for all eight. */
    static long linefeedsIn(long word) {
        long x = word ^ (ONES * LF);
        return ~((x & LOWS) + LOWS | x | LOWS);
    }

    /**
     * Not 0 when a byte of {@code word} is a control character; its lowest set bit is exact, the others need not be.
     */
    static long controlsIn(long word) {
        long del = word ^ (ONES * DEL);
        return ((word - ONES * SP & ~word) | (del - ONES & ~del)) & HIGHS;
    }

    /**
     * The high bit of each byte of {@code word} that is no ASCII letter, digit or hyphen: what nearly all names
     * consist of.
     */
    static long unusualInName(long word) {
        long x = word & LOWS;
        long letters = between(x | CASE_BITS, 'a', 'z');
        long digits = between(x, '0', '9');
        long notHyphen = (x ^ ONES * '-') + LOWS;
        return (~(letters | digits) & notHyphen | word) & HIGHS;
    }

    /** Letters in lower case; hyphens and digits stay what they are. */
    static long lowerCase(long wordOfName) {
        return wordOfName | CASE_BITS;
    }

    private static long between(long x, int low, int high) {
        return x + ONES * (0x80 - low) & ~(x + ONES * (0x7f - high));
    }

    /** Which of the eight bytes the lowest set bit belongs to. */
    static int firstOf(long highBits) {
        return Long.numberOfTrailingZeros(highBits) >>> 3;
    }
}
