package io.lws.http.h1;

import io.lws.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The HTTP-version in a start line (RFC 9112 2.3): eight octets, in a request with a CRLF behind. */
final class VersionText {
    /** From the version's first octet to the first of the field lines. */
    static final int LINE_END_BYTES = 10;

    private static final long HTTP_1_1 = asLong("HTTP/1.1");
    private static final long HTTP_1_0 = asLong("HTTP/1.0");

    private VersionText() {}

    /** The version at {@code at}. A head ends with four octets of CR and LF and has slack, so ten can be looked at. */
    static HttpVersion parse(byte[] bytes, int at) {
        boolean lineEnds = bytes[at + 8] == Ascii.CR && bytes[at + 9] == Ascii.LF;
        HttpVersion known = lineEnds ? known(bytes, at) : null;
        if (known != null) {
            return known;
        }
        throw lineEnds && hasVersionForm(bytes, at)
                ? Violation.versionNotSupported()
                : Violation.badRequest("malformed version");
    }

    /** The version in the eight octets at {@code at}, or null when it is none of ours. */
    static @Nullable HttpVersion known(byte[] bytes, int at) {
        long text = Ascii.eightAt(bytes, at);
        if (text == HTTP_1_1) {
            return HttpVersion.HTTP_1_1;
        }
        return text == HTTP_1_0 ? HttpVersion.HTTP_1_0 : null;
    }

    private static boolean hasVersionForm(byte[] bytes, int at) {
        boolean named = bytes[at] == 'H' && bytes[at + 1] == 'T' && bytes[at + 2] == 'T' && bytes[at + 3] == 'P';
        return named
                && bytes[at + 4] == '/'
                && isDigit(bytes[at + 5])
                && bytes[at + 6] == '.'
                && isDigit(bytes[at + 7]);
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    private static long asLong(String eight) {
        return Ascii.eightAt(eight.getBytes(StandardCharsets.US_ASCII), 0);
    }
}
