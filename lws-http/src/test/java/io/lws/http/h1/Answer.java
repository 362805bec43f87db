package io.lws.http.h1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An answer read back from the wire, strictly, by a reader that shares no code with the writer. */
record Answer(int status, Map<String, String> fields, String body) {
    /** Answers to GET, one after the other; fails on anything that is none. */
    static List<Answer> all(String wire) {
        List<Answer> answers = new ArrayList<>();
        int[] at = {0};
        while (at[0] < wire.length()) {
            answers.add(next(wire, at, false));
        }
        return answers;
    }

    static Answer one(String wire) {
        List<Answer> answers = all(wire);
        if (answers.size() != 1) {
            throw new AssertionError(answers.size() + " answers in: " + wire);
        }
        return answers.get(0);
    }

    /** The one answer to HEAD. */
    static Answer head(String wire) {
        int[] at = {0};
        Answer answer = next(wire, at, true);
        if (at[0] != wire.length()) {
            throw new AssertionError("content after a HEAD: " + wire);
        }
        return answer;
    }

    String field(String name) {
        return fields.getOrDefault(name, "");
    }

    private static Answer next(String wire, int[] at, boolean toHead) {
        int end = wire.indexOf("\r\n\r\n", at[0]);
        if (end < 0 || !wire.startsWith("HTTP/1.1 ", at[0])) {
            throw new AssertionError("no answer at " + at[0] + " of: " + wire);
        }
        String[] lines = wire.substring(at[0], end).split("\r\n");
        int status = Integer.parseInt(lines[0].substring(9, 12));
        Map<String, String> fields = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(": ");
            if (colon < 1 || lines[i].indexOf('\n') >= 0) {
                throw new AssertionError("malformed field: " + lines[i]);
            }
            String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
            if (fields.put(name, lines[i].substring(colon + 2)) != null && !name.equals("set-cookie")) {
                throw new AssertionError("field twice: " + lines[i]);
            }
        }
        at[0] = end + 4;
        boolean empty = toHead || status < 200 || status == 204 || status == 304;
        return new Answer(status, fields, empty ? "" : body(wire, at, fields));
    }

    private static String body(String wire, int[] at, Map<String, String> fields) {
        if ("chunked".equals(fields.get("transfer-encoding"))) {
            return chunked(wire, at);
        }
        String length = fields.get("content-length");
        int end = length == null ? wire.length() : at[0] + Integer.parseInt(length);
        if (end > wire.length()) {
            throw new AssertionError("cut short by " + (end - wire.length()) + ": " + fields);
        }
        String body = wire.substring(at[0], end);
        at[0] = end;
        return body;
    }

    private static String chunked(String wire, int[] at) {
        StringBuilder body = new StringBuilder();
        while (true) {
            int line = wire.indexOf("\r\n", at[0]);
            if (line < 0) {
                throw new AssertionError("no chunk at " + at[0]);
            }
            int size = Integer.parseInt(wire.substring(at[0], line), 16);
            int data = line + 2;
            if (!wire.startsWith("\r\n", data + size)) {
                throw new AssertionError("chunk does not end where it should");
            }
            body.append(wire, data, data + size);
            at[0] = data + size + 2;
            if (size == 0) {
                return body.toString();
            }
        }
    }
}
