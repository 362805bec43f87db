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
    /** Only there while something waits. */
    private @Nullable ArrayDeque<WsMessage> waiting;

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
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
        }
        waiting.addLast(message);
    }

    boolean isEmpty() {
        return waiting == null;
    }

    @Nullable
    WsMessage poll() {
        ArrayDeque<WsMessage> queue = waiting;
        if (queue == null) {
            return null;
        }
        WsMessage message = queue.removeFirst();
        if (queue.isEmpty()) {
            waiting = null;
        }
        BYTES.addAndGet(this, -message.frameBytes());
        return message;
    }

    void drain(Consumer<WsMessage> to) {
        WsMessage next;
        while ((next = poll()) != null) {
            to.accept(next);
        }
    }
}
