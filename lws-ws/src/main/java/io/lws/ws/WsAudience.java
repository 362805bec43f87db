package io.lws.ws;

import io.lws.loop.EventLoop;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The receivers of a broadcast on one loop, and the messages on their way to that loop. */
final class WsAudience {
    private final EventLoop loop;
    private final WsBroadcast broadcast;
    /** The loop's own. */
    private final Set<WsConnection<?>> receivers = new LinkedHashSet<>();
    /** Guarded by itself, like what follows. */
    private final ArrayDeque<WsMessage> inbox = new ArrayDeque<>();

    private int inboxBytes;
    /** The loop will come round. */
    private boolean coming;

    WsAudience(EventLoop loop, WsBroadcast broadcast) {
        this.loop = loop;
        this.broadcast = broadcast;
    }

    void add(WsConnection<?> receiver) {
        receivers.add(receiver);
    }

    void remove(WsSession<?> receiver) {
        receivers.remove(receiver);
    }

    boolean hasRoom(WsMessage message) {
        synchronized (inbox) {
            return inbox.isEmpty() || (long) inboxBytes + message.frameBytes() <= broadcast.backlogBytes();
        }
    }

    void send(WsMessage message) {
        synchronized (inbox) {
            inbox.addLast(message);
            inboxBytes += message.frameBytes();
            if (coming) {
                return;
            }
            coming = true;
        }
        loop.execute(this::deliver);
    }

    /** As much as a receiver may have waiting; the rest in the next turn, when what reads has been sent that. */
    private void deliver() {
        int leftBytes = broadcast.pendingBytes();
        WsMessage next;
        while ((next = poll(leftBytes)) != null) {
            leftBytes = Math.max(0, leftBytes - next.frameBytes());
            deliver(next);
        }
    }

    /** Null when there is none, or the turn's share is used: then the next turn goes on. */
    private @Nullable WsMessage poll(int leftBytes) {
        synchronized (inbox) {
            WsMessage next = leftBytes > 0 ? inbox.pollFirst() : null;
            if (next != null) {
                inboxBytes -= next.frameBytes();
                return next;
            }
            coming = !inbox.isEmpty();
            if (coming) {
                loop.serveNextTurn(this::deliver);
            }
            return null;
        }
    }

    private void deliver(WsMessage message) {
        Iterator<WsConnection<?>> each = receivers.iterator();
        while (each.hasNext()) {
            WsConnection<?> receiver = each.next();
            if (receiver.isOpen()) {
                broadcast.deliver(receiver, message);
            } else {
                each.remove();
            }
        }
    }
}
