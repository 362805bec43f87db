package io.lws.bus;

import io.lws.loop.EventLoop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Hands messages to whoever wants their kind, which is a class or an interface they are of. Messages are shared between
 * threads and must not change once published. Any thread.
 *
 * <p>A subscriber hears every message that one thread publishes in the order published, on its loop, from the moment it
 * has subscribed. It holds at most as many as it said: what comes while it is that far behind is dropped and counted, so
 * that one slow loop costs nobody else anything.
 */
public final class MessageBus {
    private final List<Subscription<?>> subscriptions = new CopyOnWriteArrayList<>();

    /** One without subscribers. */
    public MessageBus() {}

    /** {@code listener} hears messages of that kind on {@code loop}; what it throws is logged and reaches nobody. */
    public <T> Subscription<T> subscribe(Class<T> kind, EventLoop loop, int maxPending, Consumer<? super T> listener) {
        if (maxPending < 1) {
            throw new IllegalArgumentException("maxPending must be above 0, not " + maxPending);
        }
        Subscription<T> made = new Subscription<>(this, kind, loop, maxPending, listener);
        subscriptions.add(made);
        return made;
    }

    /** Returns at once; how many will hear of it. */
    public int publish(Object message) {
        int heard = 0;
        for (Subscription<?> each : subscriptions) {
            heard += each.offer(message) ? 1 : 0;
        }
        return heard;
    }

    void remove(Subscription<?> subscription) {
        subscriptions.remove(subscription);
    }
}
