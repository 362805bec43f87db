package io.lws.http.h2;

import org.jspecify.annotations.Nullable;

/** Who has something to send: the most urgent first, equals in turn (RFC 9218 10). */
final class StreamScheduler {
    private final @Nullable H2Stream[] first = new @Nullable H2Stream[StreamPriority.LEVELS];
    private final @Nullable H2Stream[] last = new @Nullable H2Stream[StreamPriority.LEVELS];
    private int levels;
    private int count;

    int count() {
        return count;
    }

    /** Behind its equals. A stream stands in it once. */
    void add(H2Stream stream) {
        if (stream.queued) {
            return;
        }
        begin(stream);
        int level = stream.priority.urgency();
        H2Stream before = last[level];
        if (before == null) {
            first[level] = stream;
        } else {
            before.next = stream;
        }
        last[level] = stream;
    }

    /** Before its equals: it has been served and is to go out whole. */
    void addFirst(H2Stream stream) {
        if (stream.queued) {
            return;
        }
        begin(stream);
        int level = stream.priority.urgency();
        stream.next = first[level];
        first[level] = stream;
        if (last[level] == null) {
            last[level] = stream;
        }
    }

    private void begin(H2Stream stream) {
        stream.queued = true;
        stream.parked = false;
        stream.next = null;
        levels |= 1 << stream.priority.urgency();
        count++;
    }

    /** The next to be served, which is no longer in it; {@code null} = nobody. */
    @Nullable
    H2Stream poll() {
        if (levels == 0) {
            return null;
        }
        int level = Integer.numberOfTrailingZeros(levels);
        H2Stream stream = first[level];
        if (stream == null) {
            throw new IllegalStateException("level " + level + " has nobody");
        }
        first[level] = stream.next;
        if (stream.next == null) {
            last[level] = null;
            levels &= ~(1 << level);
        }
        stream.next = null;
        stream.queued = false;
        count--;
        return stream;
    }
}
