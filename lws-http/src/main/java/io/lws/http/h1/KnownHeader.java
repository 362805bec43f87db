package io.lws.http.h1;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Field names that are found without search. A name's index is its place in {@link #NAMES}; at most 64, so that a set
 * of
 * them is one long. Length, first and last letter tell all of them apart; one multiplication turns those into a slot.
 */
final class KnownHeader {
    static final int HOST = 0;
    static final int CONNECTION = 1;
    static final int CONTENT_LENGTH = 2;
    static final int TRANSFER_ENCODING = 3;
    static final int EXPECT = 4;
    static final int UPGRADE = 5;
    static final int COOKIE = 6;
    static final int IF_MATCH = 7;
    static final int IF_NONE_MATCH = 8;
    static final int IF_MODIFIED_SINCE = 9;
    static final int IF_UNMODIFIED_SINCE = 10;
    static final int IF_RANGE = 11;
    static final int RANGE = 12;
    static final int ACCEPT_ENCODING = 13;

    static final String[] NAMES = {
        "host",
        "connection",
        "content-length",
        "transfer-encoding",
        "expect",
        "upgrade",
        "cookie",
        "if-match",
        "if-none-match",
        "if-modified-since",
        "if-unmodified-since",
        "if-range",
        "range",
        "accept-encoding",
        "accept",
        "accept-language",
        "user-agent",
        "origin",
        "referer",
        "content-type",
        "content-encoding",
        "authorization",
        "sec-websocket-key",
        "sec-websocket-version",
        "sec-websocket-protocol",
        "sec-websocket-extensions",
        "te",
        "trailer",
        "cache-control",
        "pragma",
        "date",
        "via",
        "forwarded",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-proto",
        "keep-alive",
        "http2-settings",
        "priority",
        "upgrade-insecure-requests",
        "dnt"
    };

    private static final int SLOT_BITS = 8;
    private static final byte[] INDEX_OF_SLOT = new byte[1 << SLOT_BITS];
    private static final int MULTIPLIER;

    /** Each name in words of eight octets; the last is padded with {@link #PADDING}. */
    private static final long[][] WORDS = new long[NAMES.length][];

    private static final byte PADDING = ' ';

    static {
        for (int i = 0; i < NAMES.length; i++) {
            WORDS[i] = wordsOf(NAMES[i]);
        }
        int multiplier = 0x9E3779B1;
        while (!fillSlots(multiplier)) {
            multiplier += 2;
        }
        MULTIPLIER = multiplier;
    }

    private KnownHeader() {}

    /** The index of a name in any case, or -1. The name consists of tchars; eight more octets may be read behind it. */
    static int indexOf(byte[] bytes, int from, int to) {
        int length = to - from;
        int index = INDEX_OF_SLOT[slot(MULTIPLIER, length, bytes[from] | 0x20, bytes[to - 1] | 0x20)];
        return index >= 0 && NAMES[index].length() == length && isName(WORDS[index], bytes, from, length) ? index : -1;
    }

    /** The index of a name in any case, or -1. */
    static int indexOf(String name) {
        int length = name.length();
        if (length == 0) {
            return -1;
        }
        int index = INDEX_OF_SLOT[slot(MULTIPLIER, length, name.charAt(0) | 0x20, name.charAt(length - 1) | 0x20)];
        return index >= 0 && NAMES[index].equalsIgnoreCase(name) ? index : -1;
    }

    private static boolean isName(long[] words, byte[] bytes, int from, int length) {
        int last = words.length - 1;
        for (int i = 0; i < last; i++) {
            if (Ascii.lowerCase(Ascii.eightAt(bytes, from + i * 8)) != words[i]) {
                return false;
            }
        }
        long beyond = -1L << (length & 7) * 8; // never a whole number of words: see wordsOf
        long word = Ascii.eightAt(bytes, from + last * 8);
        return Ascii.lowerCase(word & ~beyond) == words[last];
    }

    /** One padded word more when the length is a multiple of eight, so that the last word always has padding. */
    private static long[] wordsOf(String name) {
        byte[] padded = new byte[(name.length() / 8 + 1) * 8];
        Arrays.fill(padded, PADDING);
        byte[] octets = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octets, 0, padded, 0, octets.length);
        long[] words = new long[padded.length / 8];
        for (int i = 0; i < words.length; i++) {
            words[i] = Ascii.eightAt(padded, i * 8);
        }
        return words;
    }

    private static int slot(int multiplier, int length, int first, int last) {
        return (length << 16 ^ first << 8 ^ last) * multiplier >>> 32 - SLOT_BITS;
    }

    private static boolean fillSlots(int multiplier) {
        Arrays.fill(INDEX_OF_SLOT, (byte) -1);
        for (int i = 0; i < NAMES.length; i++) {
            String name = NAMES[i];
            int slot = slot(multiplier, name.length(), name.charAt(0), name.charAt(name.length() - 1));
            if (INDEX_OF_SLOT[slot] >= 0) {
                return false;
            }
            INDEX_OF_SLOT[slot] = (byte) i;
        }
        return true;
    }
}
