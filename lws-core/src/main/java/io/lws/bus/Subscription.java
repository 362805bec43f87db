package io.lws.bus;

import io.lws.loop.EventLoop;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One subscriber of a {@link MessageBus}. Ends with its loop. Any thread. */
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
        loop.execute(new Delivery(kind.cast(message)));
        return !closed;
    }

    /** One message on its way. */
    private final class Delivery implements EventLoop.Task {
        private final T message;

        Delivery(T message) {
            this.message = message;
        }

        @Override
        public void run() {
            pending.decrementAndGet();
            if (!closed) {
                listener.accept(message);
            }
        }

        /** The loop has ended, and nobody listens there any more. */
        @Override
        public void dropped() {
            pending.decrementAndGet();
            close();
        }
    }

    /** Hears nothing any more, once a message it is in the middle of is done with. Idempotent. */
    @Override
    public void close() {
        closed = true;
        bus.remove(this);
    }
}
