package io.lws.http;

import io.lws.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names and values of a query or of an {@code application/x-www-form-urlencoded} body, decoded as the WHATWG URL
 * standard says: {@code +} is a blank, a malformed {@code %} stands for itself, invalid UTF-8 becomes U+FFFD.
 * Immutable.
 */
public final class QueryParams {
    /** More pairs than this are refused with 413: whoever sends them is not filling in a form. */
    public static final int MAX_PAIRS = 1000;

    public static final QueryParams EMPTY = new QueryParams(List.of(), List.of());

    private final List<String> names;
    private final List<String> values;

    private QueryParams(List<String> names, List<String> values) {
        this.names = names;
        this.values = values;
    }

    /** Takes {@code name=value&name=value} apart; {@link ProtocolException} 413 when it has too many pairs. */
    public static QueryParams parse(String encoded) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        int from = 0;
        while (from < encoded.length()) {
            int amp = encoded.indexOf('&', from);
            int to = amp < 0 ? encoded.length() : amp;
            if (to > from) {
                addPair(encoded, from, to, names, values);
            }
            from = to + 1;
        }
        return new QueryParams(List.copyOf(names), List.copyOf(values));
    }

    public int size() {
        return names.size();
    }

    public String name(int index) {
        return names.get(index);
    }

    public String value(int index) {
        return values.get(index);
    }

    /** The first value of that name (case-sensitive), or null; a name without {@code =} has the empty value. */
    public @Nullable String get(String name) {
        int index = names.indexOf(name);
        return index < 0 ? null : values.get(index);
    }

    /** All values of that name, in order. */
    public List<String> all(String name) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals(name)) {
                found.add(values.get(i));
            }
        }
        return found;
    }

    private static void addPair(String encoded, int from, int to, List<String> names, List<String> values) {
        if (names.size() == MAX_PAIRS) {
            throw new ProtocolException(HttpStatus.CONTENT_TOO_LARGE, "more than " + MAX_PAIRS + " parameters");
        }
        int equals = encoded.indexOf('=', from);
        int nameEnd = equals < 0 || equals > to ? to : equals;
        names.add(decode(encoded, from, nameEnd));
        values.add(decode(encoded, Math.min(to, nameEnd + 1), to));
    }

    /** A name or value by itself, decoded. */
    public static String decode(String encoded) {
        return decode(encoded, 0, encoded.length());
    }

    private static String decode(String encoded, int from, int to) {
        byte[] utf8 = encoded.substring(from, to).getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < utf8.length; i++) {
            byte b = utf8[i];
            int octet = b == '%' ? encodedOctet(utf8, i) : -1;
            if (octet >= 0) {
                b = (byte) octet;
                i += 2;
            } else if (b == '+') {
                b = ' ';
            }
            utf8[length++] = b;
        }
        return new String(utf8, 0, length, StandardCharsets.UTF_8);
    }

    private static int encodedOctet(byte[] utf8, int at) {
        if (at + 2 >= utf8.length) {
            return -1;
        }
        int high = Character.digit(utf8[at + 1], 16);
        int low = Character.digit(utf8[at + 2], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
