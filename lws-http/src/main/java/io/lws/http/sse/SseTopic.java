package io.lws.http.sse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One source of events for many streams, on any loop. It numbers the events and keeps the last of them, so that a client
 * that comes back misses none of those. Any thread; holds its lock for short and calls no user.
 */
public final class SseTopic {
    private final int maxKept;
    private final ArrayDeque<SseEvent> kept = new ArrayDeque<>();
    private final Set<SseStream> streams = new LinkedHashSet<>();
    private long next = 1;

    public SseTopic(int maxKept) {
        if (maxKept < 0 || maxKept >= SseStream.MAX_WAITING) {
            throw new IllegalArgumentException("maxKept is 0.." + (SseStream.MAX_WAITING - 1) + ", not " + maxKept);
        }
        this.maxKept = maxKept;
    }

    /** A stream gets what is published from now on, and before that what is kept of what it has missed. On its loop. */
    public synchronized void join(SseStream stream) {
        missedSince(stream.lastEventId()).forEach(stream::send);
        streams.add(stream);
    }

    public synchronized void leave(SseStream stream) {
        streams.remove(stream);
    }

    /** Sends an event to all; its id is the next number. */
    public synchronized void publish(SseEvent event) {
        SseEvent numbered = event.id(Long.toString(next++));
        kept.add(numbered);
        if (kept.size() > maxKept) {
            kept.remove();
        }
        streams.forEach(stream -> stream.post(numbered));
    }

    public synchronized int size() {
        return streams.size();
    }

    private List<SseEvent> missedSince(@Nullable String lastEventId) {
        long seen;
        try {
            seen = lastEventId == null ? next : Long.parseLong(lastEventId);
        } catch (NumberFormatException e) {
            seen = next;
        }
        List<SseEvent> missed = new ArrayList<>();
        long id = next - kept.size();
        for (SseEvent event : kept) {
            if (id++ > seen) {
                missed.add(event);
            }
        }
        return missed;
    }
}
