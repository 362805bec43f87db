package io.lws.http.form;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Parameters behind the value of a field, {@code ; name=token; name="quoted"} (RFC 9110 5.6.6), read as browsers write
 * them: in a quoted value {@code \"} stands for a quote, and any other backslash for itself.
 */
final class FieldParameters {
    private final String text;
    private int at;

    private FieldParameters(String text) {
        this.text = text;
    }

    /** By name in lower case; {@code text} begins with the first semicolon. 400 when malformed or given twice. */
    static Map<String, String> of(String text) {
        FieldParameters parameters = new FieldParameters(text);
        Map<String, String> found = new HashMap<>();
        while (parameters.next()) {
            String name = parameters.name();
            if (!name.isEmpty() && found.put(name, parameters.value()) != null) {
                throw FormEvents.malformed("a parameter is given twice");
            }
        }
        return found;
    }

    private boolean next() {
        while (at < text.length() && (text.charAt(at) == ';' || text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at < text.length();
    }

    private String name() {
        int equals = text.indexOf('=', at);
        if (equals <= at) {
            throw FormEvents.malformed("a parameter without a value");
        }
        String name = text.substring(at, equals).strip().toLowerCase(Locale.ROOT);
        at = equals + 1;
        return name;
    }

    private String value() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int semicolon = text.indexOf(';', at);
        int end = semicolon < 0 ? text.length() : semicolon;
        String value = text.substring(at, end).strip();
        at = end;
        return value;
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length() && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '\\')) {
                c = text.charAt(++at);
            }
            value.append(c);
        }
        throw FormEvents.malformed("a quote is not closed");
    }
}
