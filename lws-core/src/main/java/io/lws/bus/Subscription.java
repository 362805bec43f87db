package io.lws.bus;

import io.lws.loop.EventLoop;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One subscriber of a {@link MessageBus}. Any thread. */
public final class Subscription<T> implements AutoCloseable {
    private final MessageBus bus;
    private final Class<T> kind;
    private final EventLoop loop;
    private final int maxPending;
    private final Consumer<? super T> listener;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private volatile boolean closed;

    Subscription(MessageBus bus, Class<T> kind, EventLoop loop, int maxPending, Consumer<? super T> listener) {
        this.bus = bus;
        this.kind = kind;
        this.loop = loop;
        this.maxPending = maxPending;
        this.listener = listener;
    }

    /** How many messages came while it was too far behind. */
    public long dropped() {
        return dropped.get();
    }

    boolean offer(Object message) {
        if (closed || !kind.isInstance(message)) {
            return false;
        }
        if (pending.incrementAndGet() > maxPending) {
            pending.decrementAndGet();
            dropped.incrementAndGet();
            return false;
        }
        T wanted = kind.cast(message);
        loop.execute(() -> deliver(wanted));
        return true;
    }

    private void deliver(T message) {
        pending.decrementAndGet();
        if (!closed) {
            listener.accept(message);
        }
    }

    /** Hears nothing any more, once a message it is in the middle of is done with. Idempotent. */
    @Override
    public void close() {
        closed = true;
        bus.remove(this);
    }
}
