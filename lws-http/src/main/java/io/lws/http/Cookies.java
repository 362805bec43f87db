package io.lws.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cookies a client sent (RFC 6265 5.4), read leniently: what is no pair is passed over. */
public final class Cookies {
    /** More than these are not looked at. */
    public static final int MAX_COOKIES = 100;

    private Cookies() {}

    /** The value of the first cookie of that name, or null. */
    public static @Nullable String get(RequestHeaders headers, String name) {
        return all(headers).get(name);
    }

    /** Values by name, the first where one is sent twice. */
    public static Map<String, String> all(RequestHeaders headers) {
        Map<String, String> found = new LinkedHashMap<>();
        String field = headers.header("cookie");
        int from = 0;
        for (int seen = 0; field != null && from < field.length() && seen < MAX_COOKIES; seen++) {
            int semicolon = field.indexOf(';', from);
            int end = semicolon < 0 ? field.length() : semicolon;
            int equals = field.indexOf('=', from);
            if (equals > from && equals < end) {
                String value = field.substring(equals + 1, end).strip();
                boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                found.putIfAbsent(
                        field.substring(from, equals).strip(), quoted ? value.substring(1, value.length() - 1) : value);
            }
            from = end + 1;
        }
        return found;
    }
}
