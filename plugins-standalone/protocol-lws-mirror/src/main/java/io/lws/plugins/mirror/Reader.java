package io.lws.plugins.mirror;

import io.lws.ws.WsCloseCode;
import io.lws.ws.WsMessage;
import io.lws.ws.WsSession;
import io.lws.ws.WsTx;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One session in its room. The upper half runs on the session's loop, the lower half on the room's; what one half reads
 * of the other is volatile.
 */
final class Reader {
    /** Messages a session may have on their way into the ring before it is not read from any more. */
    static final int CREDIT = 16;

    private static final long OUTSIDE = -1;

    private final WsSession<Seat> ws;
    private final Room room;
    private final Runnable askToWrite;

    /** Set by whoever asks the session to write, cleared when it does: a burst of messages asks once. */
    private final AtomicBoolean asked = new AtomicBoolean();

    /** Next message to send. Of the room's loop until it lets the session in, of the session's loop from then on. */
    private volatile long next = OUTSIDE;

    /** Whether the peer is not read from. Of the session's loop, as is {@link #handedOver}. */
    private volatile boolean paused;

    private long handedOver;

    /** How many of those handed over are in the ring. Of the room's loop, as is {@link #lag}. */
    private volatile long taken;

    @Nullable
    Lag lag;

    /** Where it was when it was seen to be far behind, and when that was. */
    record Lag(long at, long sinceNs) {}

    Reader(WsSession<Seat> ws, Room room) {
        this.ws = ws;
        this.room = room;
        askToWrite = ws::requestWriteable;
    }

    Room room() {
        return room;
    }

    // ---- the session's loop

    /** Gives a message to the room; stops reading from the peer when too many wait there. */
    void handOver(WsMessage message) {
        handedOver++;
        if (handedOver - taken >= CREDIT) {
            paused = true;
            ws.pauseRx();
        }
        room.run(() -> room.offer(this, message));
        resume(); // the room may have taken some before it could see the pause
    }

    private void resume() {
        if (paused && handedOver - taken < CREDIT) {
            paused = false;
            ws.resumeRx();
        }
    }

    void write(WsTx tx) {
        asked.set(false);
        long at = next;
        if (at == OUTSIDE) {
            return;
        }
        while (tx.isReady() && at < room.ring().end()) {
            WsMessage message = room.ring().get(at);
            if (message == null) {
                tooSlow();
                return;
            }
            tx.write(message);
            at++;
        }
        next = at;
        if (at < room.ring().end()) {
            ws.requestWriteable();
        }
        room.progress();
    }

    private void tooSlow() {
        ws.close(WsCloseCode.POLICY_VIOLATION, "too slow for this room");
    }

    // ---- the room's loop

    void enter(long at) {
        next = at;
        wake();
    }

    long next() {
        return next;
    }

    /** There is something to send. */
    void wake() {
        if (asked.compareAndSet(false, true)) {
            ws.execute(askToWrite);
        }
    }

    /** One of its messages is in the ring. */
    void took() {
        taken++;
        if (paused) {
            ws.execute(this::resume);
        }
    }

    /** It has held up the room for too long. */
    void cull() {
        ws.execute(this::tooSlow);
    }
}
