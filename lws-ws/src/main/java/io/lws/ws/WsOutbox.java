package io.lws.ws;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Messages posted to a session and not sent yet: a queue of the loop's, and before it a stack that other threads push to.
 * {@link #seal} is the moment from which {@link #post} says no; whatever it said yes to before stands in the queue then.
 */
final class WsOutbox {
    /** What became of a message posted by another thread. */
    enum Posted {
        REFUSED,
        TAKEN,
        /** Taken, and the loop does not know yet that there is something to {@link #collect}. */
        TAKEN_FIRST
    }

    /** One message another thread has posted, on top of those posted before it. */
    private record Waiting(
            @Nullable WsMessage message, @Nullable Waiting below) {}

    private static final Waiting SEALED = new Waiting(null, null);
    private static final AtomicIntegerFieldUpdater<WsOutbox> BYTES =
            AtomicIntegerFieldUpdater.newUpdater(WsOutbox.class, "bytes");
    private static final AtomicReferenceFieldUpdater<WsOutbox, @Nullable Waiting> POSTED =
            AtomicReferenceFieldUpdater.newUpdater(WsOutbox.class, Waiting.class, "posted");

    private volatile int bytes;
    private volatile @Nullable Waiting posted;
    /** The next to go. Mostly it is the only one, so a message posted and sent in one turn costs no queue. */
    private @Nullable WsMessage first;
    /** What waits behind the first; only there while something does. */
    private @Nullable ArrayDeque<WsMessage> behind;

    // ---- any thread

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

    /** Takes {@code message} from another thread than the loop's. */
    Posted post(WsMessage message, int maxBytes) {
        if (posted == SEALED || !reserve(message, maxBytes)) {
            return Posted.REFUSED;
        }
        while (true) {
            Waiting below = posted;
            if (below == SEALED) {
                return Posted.REFUSED;
            }
            if (POSTED.compareAndSet(this, below, new Waiting(message, below))) {
                return below == null ? Posted.TAKEN_FIRST : Posted.TAKEN;
            }
        }
    }

    /** What waits, with what is on its way here. */
    int waitingBytes() {
        return bytes;
    }

    // ---- the loop's thread

    /** Queues what other threads have posted so far. */
    void collect() {
        if (posted != null && posted != SEALED) {
            addInOrder(POSTED.getAndSet(this, null));
        }
    }

    /** Nothing more is taken; all that was is in the queue. */
    void seal() {
        if (posted != SEALED) {
            addInOrder(POSTED.getAndSet(this, SEALED));
        }
    }

    private void addInOrder(@Nullable Waiting top) {
        Waiting turned = null;
        for (Waiting each = top; each != null; each = each.below()) {
            turned = new Waiting(each.message(), turned);
        }
        for (Waiting each = turned; each != null; each = each.below()) {
            WsMessage message = each.message();
            if (message != null) {
                add(message);
            }
        }
    }

    /** Queues a message that has its room {@link #reserve}d. */
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

    /** Queues a message without asking for room. */
    void addAnyway(WsMessage message) {
        boolean unbounded = reserve(message, Integer.MAX_VALUE);
        assert unbounded;
        add(message);
    }

    /**
     * Queues {@code message} in the place of older ones: first those of its topic go, then the oldest of any topic until
     * there is room. What has no topic stays. Tells how many were left out.
     */
    int conflate(WsMessage message, int maxBytes) {
        WsShared newer = message.shared();
        int before = count();
        if (newer != null && before > 0) {
            removeWhile(Integer.MIN_VALUE, newer);
            removeWhile(maxBytes - message.frameBytes(), null);
        }
        int left = before - count();
        addAnyway(message);
        return left;
    }

    /** Removes from the old end, as long as more than {@code maxBytes} wait, what has {@code topic}'s topic, or any. */
    private void removeWhile(int maxBytes, @Nullable WsShared topic) {
        ArrayDeque<WsMessage> queue = behind;
        if (queue != null) {
            Iterator<WsMessage> each = queue.iterator();
            while (each.hasNext() && bytes > maxBytes) {
                WsMessage old = each.next();
                if (isReplaceable(old, topic)) {
                    each.remove();
                    BYTES.addAndGet(this, -old.frameBytes());
                }
            }
            behind = queue.isEmpty() ? null : queue;
        }
        WsMessage oldest = first;
        if (oldest != null && bytes > maxBytes && isReplaceable(oldest, topic)) {
            var unused = poll();
        }
    }

    private static boolean isReplaceable(WsMessage old, @Nullable WsShared topic) {
        WsShared shared = old.shared();
        return shared != null && (topic == null || shared.topic().equals(topic.topic()));
    }

    private int count() {
        return first == null ? 0 : 1 + (behind == null ? 0 : behind.size());
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

    /** Forgets what waits. */
    void clear() {
        drain(message -> {});
    }
}
