package io.lws.http.cgi;

import io.lws.ProtocolException;
import io.lws.http.Headers;
import io.lws.http.HttpStatus;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header a CGI program prints (RFC 3875 6.3): lines that end with LF or CRLF, up to an empty one. Sans-I/O. What
 * is malformed is a {@link ProtocolException} 502.
 */
final class CgiHeader {
    static final long NO_LENGTH = -1;

    private final int maxBytes;
    private final StringBuilder line = new StringBuilder();
    private final Headers.Builder fields = Headers.builder();
    private int bytes;
    private int status;
    private long lengthBytes = NO_LENGTH;
    private boolean hasType;
    private @Nullable String location;

    CgiHeader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Reads up to the end of the header, which it tells; what follows stays in {@code in}. */
    boolean read(ByteBuffer in) {
        while (in.hasRemaining()) {
            char c = (char) (in.get() & 0xff);
            if (++bytes > maxBytes) {
                throw bad("its header is longer than " + maxBytes + " bytes");
            }
            if (c != '\n') {
                line.append(c);
                continue;
            }
            String text = line.toString();
            line.setLength(0);
            text = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            if (text.isEmpty()) {
                end();
                return true;
            }
            field(text);
        }
        return false;
    }

    int status() {
        return status;
    }

    Headers fields() {
        return fields.build();
    }

    /** What the program says its content is long, or {@link #NO_LENGTH}. */
    long lengthBytes() {
        return lengthBytes;
    }

    private void field(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw bad("its header has a line without a name");
        }
        String name = text.substring(0, colon);
        String value = text.substring(colon + 1).strip();
        switch (name.toLowerCase(Locale.ROOT)) {
            case "status" -> status = status(value);
            case "content-length" -> lengthBytes = length(value);
            case "connection",
                    "keep-alive",
                    "transfer-encoding",
                    "upgrade",
                    "trailer",
                    "te",
                    "date" -> {} // ours to say
            default -> add(name, value);
        }
    }

    private void add(String name, String value) {
        hasType |= name.equalsIgnoreCase("content-type");
        location = name.equalsIgnoreCase("location") ? value : location;
        try {
            fields.add(name, value);
        } catch (IllegalArgumentException e) {
            throw bad("its header has a field that cannot be sent");
        }
    }

    private void end() {
        if (location != null && status == 0) {
            status = HttpStatus.FOUND;
        }
        if (status == 0) {
            status = HttpStatus.OK;
        }
        if (!hasType && location == null && !HttpStatus.isBodiless(status)) {
            throw bad("its header names no Content-Type");
        }
        if (bytes <= 2) {
            throw bad("it has no header");
        }
    }

    private static int status(String value) {
        boolean digits = value.length() >= 3 && value.substring(0, 3).chars().allMatch(c -> c >= '0' && c <= '9');
        int code =
                digits && (value.length() == 3 || value.charAt(3) == ' ') ? Integer.parseInt(value.substring(0, 3)) : 0;
        if (code < 200 || code > 599) {
            throw bad("its Status is none");
        }
        return code;
    }

    private static long length(String value) {
        if (value.isEmpty() || value.length() > 18 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw bad("its Content-Length is none");
        }
        return Long.parseLong(value);
    }

    private static ProtocolException bad(String why) {
        return new ProtocolException(HttpStatus.BAD_GATEWAY, why);
    }
}
