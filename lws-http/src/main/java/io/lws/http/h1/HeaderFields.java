package io.lws.http.h1;

import io.lws.http.HttpVersion;
import io.lws.http.RequestHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The field lines of a head as offsets into its bytes. Nothing is made until somebody asks for a string.
 */
final class HeaderFields implements RequestHeaders {
    private static final int OFFSETS = 4; // name from, name to, value from, value to
    private static final byte UNKNOWN = -1;

    private byte[] bytes = {};
    private int[] offsets = new int[16 * OFFSETS];
    private byte[] known = new byte[16];
    private int count;

    /** Bit set of the {@link KnownHeader}s that occur, and of those that occur more than once. */
    private long seen;

    private long repeated;
    private final char[] firstOf = new char[KnownHeader.NAMES.length];

    void begin(byte[] headBytes) {
        bytes = headBytes;
        count = 0;
        seen = 0;
        repeated = 0;
    }

    void add(int nameFrom, int nameTo, int valueFrom, int valueTo) {
        if (count == known.length) {
            offsets = Arrays.copyOf(offsets, offsets.length * 2);
            known = Arrays.copyOf(known, known.length * 2);
        }
        int at = count * OFFSETS;
        offsets[at] = nameFrom;
        offsets[at + 1] = nameTo;
        offsets[at + 2] = valueFrom;
        offsets[at + 3] = valueTo;
        int index = KnownHeader.indexOf(bytes, nameFrom, nameTo);
        known[count] = (byte) index;
        if (index != UNKNOWN) {
            noteKnown(index);
        }
        count++;
    }

    boolean has(int knownIndex) {
        return (seen >>> knownIndex & 1) != 0;
    }

    boolean hasAnyOf(long knownBits) {
        return (seen & knownBits) != 0;
    }

    boolean isRepeated(int knownIndex) {
        return (repeated >>> knownIndex & 1) != 0;
    }

    /** The line that field is first in; only if it {@link #has} it. */
    int lineOf(int knownIndex) {
        return firstOf[knownIndex];
    }

    int valueFrom(int line) {
        return offsets[line * OFFSETS + 2];
    }

    int valueTo(int line) {
        return offsets[line * OFFSETS + 3];
    }

    @Nullable
    String value(int knownIndex) {
        if (!has(knownIndex)) {
            return null;
        }
        return isRepeated(knownIndex) ? joined(KnownHeader.NAMES[knownIndex]) : headerValue(lineOf(knownIndex));
    }

    /** Whether a comma-separated list field, in any of its lines, has that token, given in lower case. */
    boolean hasToken(int knownIndex, String lowerToken) {
        if (!has(knownIndex)) {
            return false;
        }
        for (int line = lineOf(knownIndex); line < count; line++) {
            if (known[line] == knownIndex && listHas(valueFrom(line), valueTo(line), lowerToken)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the value in that line is the token, in any case, and nothing else. */
    boolean isToken(int line, String lowerToken) {
        return equalsLower(valueFrom(line), valueTo(line), lowerToken);
    }

    /** Whether a message with these fields leaves its connection open for another one (RFC 9112 9.3). */
    boolean keepAlive(HttpVersion version) {
        boolean asked = version == HttpVersion.HTTP_1_1 || hasToken(KnownHeader.CONNECTION, "keep-alive");
        return asked && !hasToken(KnownHeader.CONNECTION, "close");
    }

    @Override
    public @Nullable String header(String name) {
        int index = KnownHeader.indexOf(name);
        if (index >= 0) {
            return value(index);
        }
        int first = nextLine(name, 0);
        if (first < 0) {
            return null;
        }
        return nextLine(name, first + 1) < 0 ? headerValue(first) : joined(name);
    }

    @Override
    public List<String> headers(String name) {
        int line = nextLine(name, 0);
        if (line < 0) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        for (; line >= 0; line = nextLine(name, line + 1)) {
            values.add(headerValue(line));
        }
        return values;
    }

    @Override
    public int headerCount() {
        return count;
    }

    @Override
    public String headerName(int index) {
        int name = known[checkLine(index)];
        int at = index * OFFSETS;
        return name >= 0
                ? KnownHeader.NAMES[name]
                : text(offsets[at], offsets[at + 1]).toLowerCase(Locale.ROOT);
    }

    @Override
    public String headerValue(int index) {
        int at = checkLine(index) * OFFSETS;
        return text(offsets[at + 2], offsets[at + 3]);
    }

    private void noteKnown(int index) {
        long bit = 1L << index;
        if ((seen & bit) != 0) {
            repeated |= bit;
        } else {
            seen |= bit;
            firstOf[index] = (char) count;
        }
    }

    private int nextLine(String name, int fromLine) {
        for (int line = fromLine; line < count; line++) {
            int at = line * OFFSETS;
            if (offsets[at + 1] - offsets[at] == name.length() && nameIs(offsets[at], name)) {
                return line;
            }
        }
        return -1;
    }

    private boolean nameIs(int nameFrom, String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > 0x7f || Ascii.lowerTchar((byte) c) != Ascii.lowerTchar(bytes[nameFrom + i])) {
                return false;
            }
        }
        return true;
    }

    private String joined(String name) {
        return String.join(name.equalsIgnoreCase("cookie") ? "; " : ", ", headers(name));
    }

    private boolean listHas(int from, int to, String lowerToken) {
        int at = from;
        while (at < to) {
            int end = at;
            while (end < to && bytes[end] != ',') {
                end++;
            }
            if (equalsLower(skipBlanks(at, end), trimBlanks(at, end), lowerToken)) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    private int skipBlanks(int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == Ascii.SP || bytes[at] == Ascii.HTAB)) {
            at++;
        }
        return at;
    }

    private int trimBlanks(int from, int to) {
        int at = to;
        while (at > from && (bytes[at - 1] == Ascii.SP || bytes[at - 1] == Ascii.HTAB)) {
            at--;
        }
        return at;
    }

    private boolean equalsLower(int from, int to, String lowerToken) {
        if (to - from != lowerToken.length()) {
            return false;
        }
        for (int i = 0; i < lowerToken.length(); i++) {
            if (Ascii.lowerTchar(bytes[from + i]) != lowerToken.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int checkLine(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException(index);
        }
        return index;
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
