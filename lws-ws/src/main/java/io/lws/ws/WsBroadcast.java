package io.lws.ws;

import io.lws.loop.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends each message to many sessions, on however many loops. A message is encoded once, and compressed once for each size
 * of window that its receivers have agreed on; a further receiver costs one copy into its output (a client's session also
 * the masking that no two frames may share).
 *
 * <p>Every receiver gets the messages in the order in which {@link #send} took them. One that does not read holds up
 * nobody: once its socket takes no more and {@link Builder#pendingBytes} wait for it, {@link SlowReader} says what becomes
 * of it. What waits are references to the messages, not copies.
 *
 * <p>{@link #add} and {@link #remove} belong to the session's loop, so call them in {@code onEstablished} and {@code
 * onClosed}; the rest is for any thread.
 */
public final class WsBroadcast {
    /** What becomes of a receiver that is too slow. */
    public enum SlowReader {
        /** It misses messages until it has read some of what waits. */
        DROP,
        /** Newer messages take the place of older ones of the same topic, so that it sees the latest state when it reads. */
        CONFLATE,
        /** Its session is closed with {@link WsCloseCode#POLICY_VIOLATION}. */
        CLOSE
    }

    private final SlowReader slowReader;
    private final int pendingBytes;
    private final int backlogBytes;
    private final Map<EventLoop, WsAudience> audiences = new ConcurrentHashMap<>();
    private final LongAdder missed = new LongAdder();

    private WsBroadcast(Builder from) {
        slowReader = from.slowReader;
        pendingBytes = from.pendingBytes;
        backlogBytes = from.backlogBytes;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** From now on {@code ws} gets what is sent. On its loop; twice is the same as once. */
    public void add(WsSession<?> ws) {
        ws.loop().assertInLoop();
        if (!(ws instanceof WsConnection<?> receiver)) {
            throw new IllegalArgumentException("no session of this library: " + ws);
        }
        audiences.computeIfAbsent(ws.loop(), loop -> new WsAudience(loop, this)).add(receiver);
    }

    /** {@code ws} gets nothing more. On its loop. A session that has ended is let go without being told. */
    public void remove(WsSession<?> ws) {
        ws.loop().assertInLoop();
        WsAudience audience = audiences.get(ws.loop());
        if (audience != null) {
            audience.remove(ws);
        }
    }

    /** {@link #send(Object, WsMessage)} with one and the same topic for all. */
    public boolean send(WsMessage message) {
        return send(this, message);
    }

    /**
     * Sends {@code message} to all. {@code topic} matters to {@link SlowReader#CONFLATE} alone: messages with equal topics
     * replace each other.
     *
     * @return false when nobody gets it, because a loop has not come round to {@link Builder#backlogBytes} sent before
     */
    public synchronized boolean send(Object topic, WsMessage message) {
        audiences.keySet().removeIf(EventLoop::isEnded);
        WsMessage shared = message.toMany(topic);
        for (WsAudience each : audiences.values()) {
            if (!each.hasRoom(shared)) {
                return false;
            }
        }
        audiences.values().forEach(each -> each.send(shared));
        return true;
    }

    /** Messages that slow readers have not been sent, summed over them. */
    public long missed() {
        return missed.sum();
    }

    int backlogBytes() {
        return backlogBytes;
    }

    int pendingBytes() {
        return pendingBytes;
    }

    /** One receiver's turn. On its loop. */
    void deliver(WsConnection<?> receiver, WsMessage message) {
        if (slowReader == SlowReader.CONFLATE) {
            missed.add(receiver.offerLatest(message, pendingBytes));
        } else if (!receiver.offer(message, pendingBytes)) {
            missed.increment();
            if (slowReader == SlowReader.CLOSE) {
                receiver.giveUp("too slow");
            }
        }
    }

    /** Not thread-safe; each {@link #build} gives an independent broadcast. */
    public static final class Builder {
        private SlowReader slowReader = SlowReader.CLOSE;
        private int pendingBytes = 256 << 10;
        private int backlogBytes = 4 << 20;

        private Builder() {}

        /** Default {@link SlowReader#CLOSE}. */
        public Builder slowReader(SlowReader policy) {
            slowReader = policy;
            return this;
        }

        /** What may wait for one receiver whose socket takes no more; default 256 KiB. A single message always may. */
        public Builder pendingBytes(int perReceiver) {
            pendingBytes = positive(perReceiver, "pendingBytes");
            return this;
        }

        /** What may wait for a loop to come round to it; default 4 MiB. */
        public Builder backlogBytes(int perLoop) {
            backlogBytes = positive(perLoop, "backlogBytes");
            return this;
        }

        public WsBroadcast build() {
            return new WsBroadcast(this);
        }

        private static int positive(int value, String name) {
            if (value <= 0) {
                throw new IllegalArgumentException(name + " must be above 0, not " + value);
            }
            return value;
        }
    }
}
