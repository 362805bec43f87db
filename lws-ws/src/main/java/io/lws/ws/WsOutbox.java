package io.lws.ws;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Messages posted to a session and not sent yet. Room is reserved on any thread; the queue belongs to the loop. */
final class WsOutbox {
    private static final AtomicIntegerFieldUpdater<WsOutbox> BYTES =
            AtomicIntegerFieldUpdater.newUpdater(WsOutbox.class, "bytes");

    private volatile int bytes;
    /** The next to go. Mostly it is the only one, so a message posted and sent in one turn costs no queue. */
    private @Nullable WsMessage first;
    /** What waits behind the first; only there while something does. */
    private @Nullable ArrayDeque<WsMessage> behind;

    /** Takes room for {@code message}; false when {@code maxBytes} would be passed. A first message always has room. */
    boolean reserve(WsMessage message, int maxBytes) {
        while (true) {
            int now = bytes;
            long then = (long) now + message.frameBytes();
            if (now > 0 && then > maxBytes) {
                return false;
            }
            if (BYTES.compareAndSet(this, now, (int) Math.min(Integer.MAX_VALUE, then))) {
                return true;
            }
        }
    }

    void add(WsMessage message) {
        if (first == null) {
            first = message;
            return;
        }
        if (behind == null) {
            behind = new ArrayDeque<>(4);
        }
        behind.addLast(message);
    }

    boolean isEmpty() {
        return first == null;
    }

    @Nullable
    WsMessage poll() {
        WsMessage message = first;
        if (message != null) {
            first = next();
            BYTES.addAndGet(this, -message.frameBytes());
        }
        return message;
    }

    private @Nullable WsMessage next() {
        ArrayDeque<WsMessage> queue = behind;
        if (queue == null) {
            return null;
        }
        WsMessage next = queue.removeFirst();
        if (queue.isEmpty()) {
            behind = null;
        }
        return next;
    }

    void drain(Consumer<WsMessage> to) {
        WsMessage next;
        while ((next = poll()) != null) {
            to.accept(next);
        }
    }
}
