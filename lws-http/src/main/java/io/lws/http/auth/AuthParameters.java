package io.lws.http.auth;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes {@code scheme name=value, name="value"} apart (RFC 9110 11.4). Sans-I/O. */
final class AuthParameters {
    private static final int MAX_PARAMETERS = 32;

    private final String text;
    private int at;

    private AuthParameters(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** Values by name in lower case; null when it is of another scheme, malformed, or names something twice. */
    static @Nullable Map<String, String> parse(String scheme, String field) {
        String start = scheme + " ";
        if (!field.regionMatches(true, 0, start, 0, start.length())) {
            return null;
        }
        return new AuthParameters(field, start.length()).all();
    }

    private @Nullable Map<String, String> all() {
        Map<String, String> found = new HashMap<>();
        while (true) {
            skip(" \t,");
            if (at == text.length()) {
                return found;
            }
            String name = name();
            String value = name.isEmpty() ? null : value();
            if (value == null || found.put(name, value) != null || found.size() > MAX_PARAMETERS) {
                return null;
            }
        }
    }

    private void skip(String any) {
        while (at < text.length() && any.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private String name() {
        int equals = text.indexOf('=', at);
        if (equals < 0) {
            return "";
        }
        String name = text.substring(at, equals).strip().toLowerCase(Locale.ROOT);
        at = equals + 1;
        skip(" \t");
        return name;
    }

    private @Nullable String value() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int comma = text.indexOf(',', at);
        int end = comma < 0 ? text.length() : comma;
        String value = text.substring(at, end).strip();
        at = end;
        return value.isEmpty() ? null : value;
    }

    private @Nullable String quoted() {
        StringBuilder value = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                at = i + 1;
                return value.toString();
            }
            if (c == '\\' && ++i < text.length()) {
                c = text.charAt(i);
            }
            value.append(c);
        }
        return null;
    }
}
