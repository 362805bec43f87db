package io.lws.examples.ws.ring;

import io.lws.ws.WsMessage;
import io.lws.ws.WsSession;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The last {@code depth} messages, numbered from 0. Written under its lock, read by any loop without one. */
final class Ring {
    /** A slot knows its number, so that a reader sees at once that it has been overtaken. */
    private record Slot(long number, WsMessage message) {}

    private final AtomicReferenceArray<@Nullable Slot> slots;
    private final Set<WsSession<RingProtocol.Pss>> readers = ConcurrentHashMap.newKeySet();
    private volatile long end;

    Ring(int depth) {
        slots = new AtomicReferenceArray<>(depth);
    }

    /** The number the next message will have. */
    long end() {
        return end;
    }

    synchronized void add(WsMessage message) {
        long number = end;
        slots.set((int) (number % slots.length()), new Slot(number, message));
        end = number + 1;
        for (WsSession<RingProtocol.Pss> each : readers) {
            each.execute(each::requestWriteable);
        }
    }

    /** Message {@code number}, or {@code null} when a later one has taken its place. */
    @Nullable
    WsMessage get(long number) {
        Slot slot = slots.get((int) (number % slots.length()));
        return slot != null && slot.number() == number ? slot.message() : null;
    }

    void join(WsSession<RingProtocol.Pss> reader) {
        readers.add(reader);
    }

    void leave(WsSession<RingProtocol.Pss> reader) {
        readers.remove(reader);
    }
}
