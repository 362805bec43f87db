package io.lws.http.h1;

import io.lws.http.Headers;
import io.lws.http.HttpLimits;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the trailer section of a chunked body (RFC 9112 7.1.2) octet by octet, bounds it, and keeps it where wanted. */
final class Trailers {
    /** What becomes of fields that are well-formed. */
    enum Use {
        DROPPED,
        KEPT
    }

    private enum State {
        LINE_START,
        NAME,
        VALUE,
        LINE_LF,
        LAST_LF,
        OVER
    }

    /** What must be known before the content is (RFC 9110 6.5.1); in a trailer it can only be meant to deceive. */
    private static final Set<String> FORBIDDEN = Set.of(
            "transfer-encoding",
            "content-length",
            "host",
            "connection",
            "upgrade",
            "expect",
            "te",
            "trailer",
            "content-encoding",
            "content-type",
            "content-range",
            "authorization",
            "cookie",
            "set-cookie",
            "cache-control",
            "keep-alive",
            "proxy-connection",
            "max-forwards",
            "range");

    private static final int LONGEST_FORBIDDEN = 32;

    private final int maxBytes;
    private final int maxLines;
    private final byte[] name = new byte[LONGEST_FORBIDDEN];
    private State state = State.LINE_START;
    private int nameBytes;
    private int bytes;
    private int lines;
    private final @Nullable StringBuilder kept;

    Trailers(HttpLimits limits, Use use) {
        kept = use == Use.KEPT ? new StringBuilder() : null;
        maxBytes = limits.headerBytes();
        maxLines = limits.headerCount();
    }

    /** Takes the next octet; true when it ends the section. */
    boolean endsWith(byte octet) {
        if (++bytes > maxBytes) {
            throw Violation.headersTooLarge("trailers too long");
        }
        if (kept != null) {
            kept.append((char) (octet & 0xff));
        }
        switch (state) {
            case LINE_START -> lineStart(octet);
            case NAME -> name(octet);
            case VALUE -> value(octet);
            case LINE_LF -> linefeed(octet, State.LINE_START);
            case LAST_LF -> linefeed(octet, State.OVER);
            case OVER -> throw new IllegalStateException("octet behind the trailers");
        }
        return state == State.OVER;
    }

    /** What was kept of a section that is over. */
    Headers fields() {
        Headers.Builder fields = Headers.builder();
        for (String line : kept == null ? new String[0] : kept.toString().split("\r\n")) {
            int colon = line.indexOf(':');
            fields.add(line.substring(0, colon), line.substring(colon + 1));
        }
        return fields.build();
    }

    private void lineStart(byte octet) {
        nameBytes = 0;
        if (octet == Ascii.CR) {
            state = State.LAST_LF;
            return;
        }
        if (++lines > maxLines) {
            throw Violation.headersTooLarge("too many trailers");
        }
        state = State.NAME;
        name(octet);
    }

    private void name(byte octet) {
        byte lower = Ascii.lowerTchar(octet);
        if (lower != 0) {
            if (nameBytes < LONGEST_FORBIDDEN) {
                name[nameBytes] = lower;
            }
            nameBytes++;
        } else if (octet == ':' && nameBytes > 0) {
            requireAllowed();
            state = State.VALUE;
        } else {
            throw Violation.badRequest("malformed trailer name");
        }
    }

    private void value(byte octet) {
        if (octet == Ascii.CR) {
            state = State.LINE_LF;
        } else if (!Ascii.isFieldValueOctet(octet)) {
            throw Violation.badRequest("control character in trailer");
        }
    }

    private void linefeed(byte octet, State next) {
        if (octet != Ascii.LF) {
            throw Violation.badRequest("CR without LF");
        }
        state = next;
    }

    private void requireAllowed() {
        if (nameBytes <= LONGEST_FORBIDDEN
                && FORBIDDEN.contains(new String(name, 0, nameBytes, StandardCharsets.US_ASCII))) {
            throw Violation.badRequest("field not allowed in trailers");
        }
    }
}
