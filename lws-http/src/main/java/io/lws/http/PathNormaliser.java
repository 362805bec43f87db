package io.lws.http;

import io.lws.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * From the path as sent to the path that is looked up: percent-decoded exactly once, dot segments removed, repeated
 * slashes merged. Refused with 400: a malformed {@code %}, invalid or overlong UTF-8, control characters, a backslash
 * in
 * any form, an encoded slash, and dot segments that would climb above the root. What is left cannot be read in two ways
 * by whoever comes later.
 */
final class PathNormaliser {
    private PathNormaliser() {}

    /** The path in {@code raw[from, to)}, which begins with a slash or is an absolute form's. */
    static String normalise(String raw, int from, int to) {
        return isPlain(raw, from, to) ? raw.substring(from, to) : withoutDotSegments(decode(raw, from, to));
    }

    /** Whether nothing needs decoding, removing or refusing: the common case, one pass and one copy. */
    private static boolean isPlain(String raw, int from, int to) {
        char before = 0;
        for (int i = from; i < to; i++) {
            char c = raw.charAt(i);
            if (c == '%' || c == '\\' || before == '/' && (c == '/' || c == '.')) {
                return false;
            }
            before = c;
        }
        return true;
    }

    private static String decode(String raw, int from, int to) {
        byte[] bytes = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                c = decodedOctet(raw, i, to);
                i += 2;
            }
            if (c == '\\') {
                throw bad("backslash in path");
            }
            bytes[length++] = (byte) c;
        }
        return utf8(ByteBuffer.wrap(bytes, 0, length));
    }

    private static char decodedOctet(String raw, int at, int to) {
        int high = at + 2 < to ? Authority.hex(raw.charAt(at + 1)) : -1;
        int low = high < 0 ? -1 : Authority.hex(raw.charAt(at + 2));
        if (low < 0) {
            throw bad("malformed percent-encoding");
        }
        char octet = (char) (high << 4 | low);
        if (octet < ' ' || octet == 0x7f || octet == '/') {
            throw bad("encoded control character or slash in path");
        }
        return octet;
    }

    private static String utf8(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw bad("path is not UTF-8");
        }
    }

    private static String withoutDotSegments(String path) {
        StringBuilder out = new StringBuilder(path.length());
        int from = 1;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            appendSegment(out, path, from, to);
            from = to + 1;
        }
        boolean directory = path.endsWith("/") || path.endsWith("/.") || path.endsWith("/..");
        return directory || out.length() == 0 ? out.append('/').toString() : out.toString();
    }

    private static void appendSegment(StringBuilder out, String path, int from, int to) {
        int length = to - from;
        if (length == 0 || length == 1 && path.charAt(from) == '.') {
            return;
        }
        if (length == 2 && path.startsWith("..", from)) {
            int parent = out.lastIndexOf("/");
            if (parent < 0) {
                throw bad("path climbs above the root");
            }
            out.setLength(parent);
        } else {
            out.append('/').append(path, from, to);
        }
    }

    private static ProtocolException bad(String why) {
        return new ProtocolException(HttpStatus.BAD_REQUEST, why);
    }
}
