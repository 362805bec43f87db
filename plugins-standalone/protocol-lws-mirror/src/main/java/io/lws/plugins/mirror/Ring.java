package io.lws.plugins.mirror;

import io.lws.ws.WsMessage;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The last messages of a room, numbered from 0. One thread adds, any thread reads, without a lock. */
final class Ring {
    /** An entry knows its number, so that a reader sees when a later one has taken its place. */
    private record Entry(long number, WsMessage message) {}

    private final AtomicReferenceArray<@Nullable Entry> entries;
    private volatile long end;

    Ring(int depth) {
        entries = new AtomicReferenceArray<>(depth);
    }

    int depth() {
        return entries.length();
    }

    /** The number the next message will have. */
    long end() {
        return end;
    }

    void add(WsMessage message) {
        long number = end;
        entries.set(slot(number), new Entry(number, message));
        end = number + 1;
    }

    /** Message {@code number}, or {@code null} when a later one has taken its place. */
    @Nullable
    WsMessage get(long number) {
        Entry entry = entries.get(slot(number));
        return entry != null && entry.number == number ? entry.message : null;
    }

    private int slot(long number) {
        return (int) (number % entries.length());
    }
}
