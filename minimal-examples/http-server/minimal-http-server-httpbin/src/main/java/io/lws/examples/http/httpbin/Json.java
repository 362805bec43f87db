package io.lws.examples.http.httpbin;

import java.util.Map;

/** Writes text and objects of text as JSON, a member a line. */
final class Json {
    private Json() {}

    static String of(Map<String, ?> object) {
        StringBuilder out = new StringBuilder();
        write(out, object, "\n");
        return out.toString();
    }

    private static void write(StringBuilder out, Map<?, ?> object, String newLine) {
        String before = newLine + "  ";
        String next = before;
        out.append('{');
        for (Map.Entry<?, ?> member : object.entrySet()) {
            out.append(next);
            next = "," + before;
            quote(out, member.getKey().toString());
            out.append(": ");
            if (member.getValue() instanceof Map<?, ?> inner) {
                write(out, inner, before);
            } else {
                quote(out, member.getValue().toString());
            }
        }
        out.append(object.isEmpty() ? "}" : newLine + "}");
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
