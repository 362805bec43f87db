package io.lws.plugins.increment;

import io.lws.loop.Timer;
import io.lws.ws.WsSession;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One session's number and the timer that makes it go on. Counting allocates nothing: the timer is armed again and again,
 * the digits are written into one buffer. Belongs to the session's loop.
 */
final class Counter {
    private static final int MOST_DIGITS = 10;

    private final long intervalNs;
    private final Timer timer = new Timer(this::tick);
    private final ByteBuffer digits = ByteBuffer.allocate(MOST_DIGITS);
    private @Nullable WsSession<Counter> ws;
    private long dueNs;
    private int number;
    private boolean due;

    Counter(long intervalNs) {
        this.intervalNs = intervalNs;
    }

    void start(WsSession<Counter> session) {
        ws = session;
        dueNs = session.loop().nowNs() + intervalNs;
        session.loop().schedule(timer, intervalNs);
    }

    void stop() {
        if (ws != null) {
            ws.loop().cancel(timer);
        }
    }

    /** Keeps to the beat: being late once makes the next wait shorter, being late by a whole beat drops it. */
    private void tick(long nowNs) {
        if (ws == null) {
            return;
        }
        due = true;
        ws.requestWriteable();
        dueNs += intervalNs;
        if (dueNs - nowNs < 0) {
            dueNs = nowNs + intervalNs;
        }
        ws.loop().schedule(timer, dueNs - nowNs);
    }

    void reset() {
        number = 0;
    }

    /** Whether a number has to be sent; asked once for each, since a session may be writeable for other reasons. */
    boolean takeDue() {
        boolean taken = due;
        due = false;
        return taken;
    }

    /** The next number's digits; good until the next call. */
    ByteBuffer next() {
        digits.clear();
        int rest = number;
        int at = MOST_DIGITS;
        do {
            digits.put(--at, (byte) ('0' + rest % 10));
            rest /= 10;
        } while (rest > 0);
        number = number == Integer.MAX_VALUE ? 0 : number + 1;
        return digits.position(at);
    }
}
