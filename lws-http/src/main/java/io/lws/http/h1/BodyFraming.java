package io.lws.http.h1;

import io.lws.http.HttpVersion;
import java.util.Locale;

/**
 * How the content of a message is delimited (RFC 9112 6). Whatever two readers could take differently is refused: both
 * fields at once, a repeated Content-Length even if equal, a list, a sign, a coding that hides chunked.
 */
enum BodyFraming {
    /** No content. */
    NONE,
    /** Content-Length octets. */
    FIXED,
    /** Chunked coding, and no other. */
    CHUNKED;

    private static final int MAX_LENGTH_DIGITS = 18; // always fits 63 bits
    private static final long FRAMING_FIELDS = 1L << KnownHeader.CONTENT_LENGTH | 1L << KnownHeader.TRANSFER_ENCODING;

    /** Whether a field says anything about it; without one a response's content ends with its connection. */
    static boolean isDeclared(HeaderFields fields) {
        return fields.hasAnyOf(FRAMING_FIELDS);
    }

    static BodyFraming of(HttpVersion version, HeaderFields fields) {
        if (!fields.hasAnyOf(FRAMING_FIELDS)) {
            return NONE;
        }
        if (!fields.has(KnownHeader.TRANSFER_ENCODING)) {
            return FIXED;
        }
        if (fields.has(KnownHeader.CONTENT_LENGTH)) {
            throw Violation.badRequest("Transfer-Encoding and Content-Length");
        }
        if (version == HttpVersion.HTTP_1_0) {
            throw Violation.badRequest("Transfer-Encoding in HTTP/1.0");
        }
        boolean plain = !fields.isRepeated(KnownHeader.TRANSFER_ENCODING)
                && fields.isToken(fields.lineOf(KnownHeader.TRANSFER_ENCODING), "chunked");
        if (!plain) {
            throw refusedCoding(String.valueOf(fields.value(KnownHeader.TRANSFER_ENCODING)));
        }
        return CHUNKED;
    }

    /** The value of the one Content-Length there must be. */
    static long contentLength(byte[] bytes, HeaderFields fields) {
        int line = fields.lineOf(KnownHeader.CONTENT_LENGTH);
        int from = fields.valueFrom(line);
        int to = fields.valueTo(line);
        if (fields.isRepeated(KnownHeader.CONTENT_LENGTH) || from == to || to - from > MAX_LENGTH_DIGITS) {
            throw Violation.badRequest("bad Content-Length");
        }
        long length = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                throw Violation.badRequest("bad Content-Length");
            }
            length = length * 10 + bytes[i] - '0';
        }
        return length;
    }

    /** What is said about the length when no field tells it. */
    long unknownLength() {
        return this == CHUNKED ? -1 : 0;
    }

    /** A coding under chunked is well-formed but not known here; everything else cannot be delimited (RFC 9112 6.3). */
    private static RuntimeException refusedCoding(String codings) {
        String[] names = codings.toLowerCase(Locale.ROOT).split(",", -1);
        for (int i = 0; i < names.length; i++) {
            String name = names[i].strip();
            boolean last = i == names.length - 1;
            boolean token = !name.isEmpty() && name.chars().allMatch(c -> c < 0x80 && Ascii.isTchar((byte) c));
            if (!token || last != name.equals("chunked")) {
                return Violation.badRequest("bad Transfer-Encoding");
            }
        }
        return Violation.unknownTransferCoding();
    }
}
