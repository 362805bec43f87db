package io.lws.http.h1;

/**
 * Reads {@code name ":" OWS value OWS CRLF} until the empty line (RFC 9112 5). Strict: no blank before the colon, no
 * folded line, no CR, LF, NUL or other control character within a value. Looks at eight octets at a time and needs no
 * bound: a head ends with CR and LF, which stop every loop here.
 */
final class FieldLines {
    private FieldLines() {}

    /**
     * Adds the lines of {@code bytes[from, to)}, which ends with an empty line and has eight octets of anything behind
     * it.
     */
    static void parse(byte[] bytes, int from, int to, int maxLines, HeaderFields fields) {
        int at = from;
        while (bytes[at] != Ascii.CR) {
            if (fields.headerCount() == maxLines) {
                throw Violation.headersTooLarge("too many header fields");
            }
            int colon = nameEnd(bytes, at);
            int valueFrom = skipBlanks(bytes, colon + 1);
            int lineEnd = valueEnd(bytes, valueFrom);
            fields.add(at, colon, valueFrom, trimBlanks(bytes, valueFrom, lineEnd));
            at = lineEnd + 2;
        }
        if (at != to - 2) {
            throw Violation.badRequest("CR without LF"); // a line that begins with CR and is not the empty one
        }
    }

    /** Where the colon is. */
    private static int nameEnd(byte[] bytes, int from) {
        int at = from;
        while (true) {
            long unusual = Ascii.unusualInName(Ascii.eightAt(bytes, at));
            if (unusual == 0) {
                at += 8;
                continue;
            }
            at += Ascii.firstOf(unusual);
            if (bytes[at] == ':' && at > from) {
                return at;
            }
            if (!Ascii.isTchar(bytes[at])) {
                throw Violation.badRequest("malformed header name");
            }
            at++;
        }
    }

    /** Where the CR of the line is. */
    private static int valueEnd(byte[] bytes, int from) {
        int at = from;
        while (true) {
            at = nextControl(bytes, at);
            if (bytes[at] == Ascii.CR && bytes[at + 1] == Ascii.LF) {
                return at;
            }
            if (bytes[at] != Ascii.HTAB) {
                throw Violation.badRequest("control character in header value");
            }
            at++;
        }
    }

    private static int nextControl(byte[] bytes, int from) {
        int at = from;
        long controls = Ascii.controlsIn(Ascii.eightAt(bytes, at));
        while (controls == 0) {
            at += 8;
            controls = Ascii.controlsIn(Ascii.eightAt(bytes, at));
        }
        return at + Ascii.firstOf(controls);
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
