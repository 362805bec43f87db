package io.lws.ws;

import io.lws.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The head of a server's answer to an upgrade request (RFC 9112 4), read whole: at most 16 KiB, once per connection. */
record WsResponseHead(int status, List<Field> fields) {
    static final int MAX_BYTES = 16 << 10;
    private static final int BAD = 502;

    /** One line. */
    record Field(String name, String value) {}

    /**
     * The head at {@code in}'s position, which then stands behind it; null when it is not complete, and nothing is read.
     * {@link ProtocolException} for what is not HTTP/1.1, or too long.
     */
    static @Nullable WsResponseHead read(ByteBuffer in) {
        int end = end(in);
        if (end < 0) {
            if (in.remaining() >= MAX_BYTES) {
                throw bad("answer too long");
            }
            return null;
        }
        byte[] head = new byte[end - in.position()];
        in.get(head);
        if (head.length > MAX_BYTES) {
            throw bad("answer too long");
        }
        return parse(new String(head, StandardCharsets.ISO_8859_1));
    }

    private static int end(ByteBuffer in) {
        int last = Math.min(in.limit(), in.position() + MAX_BYTES + 4);
        for (int at = in.position() + 3; at < last; at++) {
            if (in.get(at) == '\n' && in.get(at - 1) == '\r' && in.get(at - 2) == '\n' && in.get(at - 3) == '\r') {
                return at + 1;
            }
        }
        return -1;
    }

    private static WsResponseHead parse(String head) {
        String[] lines = head.substring(0, head.length() - 4).split("\r\n", -1);
        List<Field> fields = new ArrayList<>(lines.length);
        for (int i = 1; i < lines.length; i++) {
            fields.add(field(lines[i]));
        }
        return new WsResponseHead(status(lines[0]), fields);
    }

    private static int status(String line) {
        boolean wellFormed = line.length() >= 12
                && line.startsWith("HTTP/1.1 ")
                && line.substring(9, 12).chars().allMatch(c -> c >= '0' && c <= '9')
                && (line.length() == 12 || line.charAt(12) == ' ');
        if (!wellFormed || hasControl(line)) {
            throw bad("status line malformed");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private static Field field(String line) {
        int colon = line.indexOf(':');
        if (colon < 1 || !HeaderCursor.isToken(line.substring(0, colon)) || hasControl(line)) {
            throw bad("header field malformed");
        }
        return new Field(line.substring(0, colon), line.substring(colon + 1).strip());
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f);
    }

    static ProtocolException bad(String what) {
        return new ProtocolException(BAD, what);
    }

    /** Values of all fields of that name, in order. */
    List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }
}
