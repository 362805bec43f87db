package io.lws.http.sse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An event, encoded once and sent to any number of streams. Immutable; each method returns a changed copy. */
public final class SseEvent {
    private static final SseEvent HEARTBEAT = new SseEvent(":\n\n", null);

    private final String text;
    private final @Nullable String id;
    private final byte[] encoded;

    private SseEvent(String text, @Nullable String id) {
        this.text = text;
        this.id = id;
        encoded = text.getBytes(StandardCharsets.UTF_8);
    }

    /** An event whose data is that text; each of its lines is sent as one. */
    public static SseEvent of(String data) {
        StringBuilder lines = new StringBuilder(data.length() + 16);
        // a line may end with CR, LF or both; whatever does would end the field
        for (String line : data.split("\r\n|\r|\n", -1)) {
            lines.append("data: ").append(line).append('\n');
        }
        return new SseEvent(lines.append('\n').toString(), null);
    }

    /** What keeps a connection from looking dead; pages do not see it. */
    public static SseEvent heartbeat() {
        return HEARTBEAT;
    }

    /** Its kind, for {@code addEventListener}. */
    public SseEvent named(String kind) {
        return new SseEvent("event: " + requireLine(kind) + "\n" + text, id);
    }

    /** What a client that comes back names as the last it saw. */
    public SseEvent id(String mark) {
        if (mark.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an id with NUL would be ignored");
        }
        return new SseEvent("id: " + requireLine(mark) + "\n" + text, mark);
    }

    /** How long a client waits before it comes back. */
    public SseEvent retry(Duration pause) {
        return new SseEvent("retry: " + pause.toMillis() + "\n" + text, id);
    }

    public @Nullable String id() {
        return id;
    }

    /** As sent; a view of its own for each call. */
    ByteBuffer bytes() {
        return ByteBuffer.wrap(encoded).asReadOnlyBuffer();
    }

    private static String requireLine(String value) {
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("a field of an event is one line");
        }
        return value;
    }

    @Override
    public String toString() {
        return text;
    }
}
