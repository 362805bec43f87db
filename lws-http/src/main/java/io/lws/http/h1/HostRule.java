package io.lws.http.h1;

import io.lws.http.Authority;
import io.lws.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** RFC 9112 3.2: exactly one valid Host in HTTP/1.1, at most one in HTTP/1.0. */
final class HostRule {
    private static final int MAX_PORT_DIGITS = 5;
    private static final int MAX_PORT = 65535;

    private HostRule() {}

    static void check(HttpVersion version, byte[] bytes, HeaderFields fields) {
        if (!fields.has(KnownHeader.HOST)) {
            if (version == HttpVersion.HTTP_1_1) {
                throw Violation.badRequest("no Host");
            }
            return;
        }
        int line = fields.lineOf(KnownHeader.HOST);
        if (fields.isRepeated(KnownHeader.HOST) || !isValid(bytes, fields.valueFrom(line), fields.valueTo(line))) {
            throw Violation.badRequest("bad Host");
        }
    }

    /** Names and addresses with a port pass without a string being made. */
    private static boolean isValid(byte[] bytes, int from, int to) {
        int hostEnd = from;
        while (hostEnd < to && isPlain(bytes[hostEnd])) {
            hostEnd++;
        }
        boolean plainHost = hostEnd > from && hostEnd - from < 200;
        if (plainHost && (hostEnd == to || isPort(bytes, hostEnd, to))) {
            return true;
        }
        return Authority.isValid(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    }

    private static boolean isPort(byte[] bytes, int colon, int to) {
        if (bytes[colon] != ':' || to - colon > MAX_PORT_DIGITS + 1) {
            return false;
        }
        int port = 0;
        int at = colon + 1;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            port = port * 10 + bytes[at++] - '0';
        }
        return at == to && port <= MAX_PORT;
    }

    /** What nearly every host is made of; anything else is looked at with care. */
    private static boolean isPlain(byte octet) {
        return octet >= 'a' && octet <= 'z' || octet >= '0' && octet <= '9' || octet == '.' || octet == '-';
    }
}
