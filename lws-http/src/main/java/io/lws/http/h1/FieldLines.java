package io.lws.http.h1;

/**
 * Reads {@code name ":" OWS value OWS CRLF} until the empty line (RFC 9112 5). Strict: no blank before the colon, no
 * folded line, no CR, LF, NUL or other control character within a value. Names are turned to lower case in place.
 */
final class FieldLines {
    private FieldLines() {}

    /** Adds the lines of {@code bytes[from, to)}, which ends with an empty line, to {@code fields}. */
    static void parse(byte[] bytes, int from, int to, int maxLines, HeaderFields fields) {
        int at = from;
        while (bytes[at] != Ascii.CR) {
            if (fields.headerCount() == maxLines) {
                throw Violation.headersTooLarge("too many header fields");
            }
            int colon = lowerName(bytes, at);
            int valueFrom = skipBlanks(bytes, colon + 1);
            int lineEnd = valueEnd(bytes, valueFrom, to);
            fields.add(at, colon, valueFrom, trimBlanks(bytes, valueFrom, lineEnd));
            at = lineEnd + 2;
        }
        if (at != to - 2) {
            throw Violation.badRequest("CR without LF"); // a line that begins with CR and is not the empty one
        }
    }

    private static int lowerName(byte[] bytes, int from) {
        int at = from;
        byte lower = Ascii.lowerTchar(bytes[at]);
        while (lower != 0) {
            bytes[at++] = lower;
            lower = Ascii.lowerTchar(bytes[at]);
        }
        if (at == from || bytes[at] != ':') {
            throw Violation.badRequest("malformed header name");
        }
        return at;
    }

    /** Where the CR of the line is. */
    private static int valueEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (true) {
            at = nextControl(bytes, at, to);
            if (bytes[at] == Ascii.CR && bytes[at + 1] == Ascii.LF) {
                return at;
            }
            if (bytes[at] != Ascii.HTAB) {
                throw Violation.badRequest("control character in header value");
            }
            at++;
        }
    }

    /** The head's last octets are CR and LF, so there is always one to find. */
    private static int nextControl(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long controls = Ascii.controlsIn(Ascii.eightAt(bytes, at));
            if (controls != 0) {
                return at + Ascii.firstOf(controls);
            }
        }
        while (bytes[at] >= Ascii.SP && bytes[at] != Ascii.DEL || bytes[at] < 0) {
            at++;
        }
        return at;
    }

    private static int skipBlanks(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] == Ascii.SP || bytes[at] == Ascii.HTAB) {
            at++;
        }
        return at;
    }

    private static int trimBlanks(byte[] bytes, int from, int to) {
        int at = to;
        while (at > from && (bytes[at - 1] == Ascii.SP || bytes[at - 1] == Ascii.HTAB)) {
            at--;
        }
        return at;
    }
}
