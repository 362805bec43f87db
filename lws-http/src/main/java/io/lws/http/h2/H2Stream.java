package io.lws.http.h2;

import io.lws.buffer.BufferChain;
import io.lws.http.Headers;
import io.lws.http.h2.StreamState.Event;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a connection: its state, both windows, and what waits on either side of them. Buffers exist only while
 * something waits.
 */
final class H2Stream {
    static final long NO_DEADLINE = Long.MAX_VALUE;

    /** Output one stream may make before the others have their turn. */
    static final int QUANTUM_BYTES = 32 << 10;

    private static final int UNKNOWN = -1;

    /** Whether the user wants content. */
    private enum Rx {
        FLOWING,
        PAUSED
    }

    final H2Connection h2;
    final int id;
    final StreamPriority priority = new StreamPriority();
    private StreamState state = StreamState.IDLE;
    private @Nullable StreamUser user;
    private Rx rx = Rx.FLOWING;
    private int receiveWindowBytes;
    private int unreportedBytes;
    private boolean creditCounted;
    private long contentLeftBytes = UNKNOWN;
    private @Nullable BufferChain held;
    private boolean endHeld;

    int sendWindowBytes;
    int turnLeftBytes;

    @Nullable
    BufferChain waiting;

    boolean endWaiting;

    /** What shall end our side instead of the last DATA frame. */
    @Nullable
    Headers trailers;

    boolean wantsWriteable;
    /** In the scheduler. */
    boolean queued;
    /** Taken out of the scheduler because flow control lets nothing out. */
    boolean parked;

    /** When its user has waited long enough for the peer. */
    long deadlineNs = NO_DEADLINE;

    /** When the peer has had time enough to give credit. */
    long stalledUntilNs = NO_DEADLINE;

    /** The next in the scheduler. */
    @Nullable
    H2Stream next;

    H2Stream(H2Connection h2, int id, int sendWindowBytes, int receiveWindowBytes) {
        this.h2 = h2;
        this.id = id;
        this.sendWindowBytes = sendWindowBytes;
        this.receiveWindowBytes = receiveWindowBytes;
    }

    StreamState state() {
        return state;
    }

    @Nullable
    StreamUser user() {
        return user;
    }

    void user(@Nullable StreamUser now) {
        user = now;
    }

    boolean isClosed() {
        return state == StreamState.CLOSED;
    }

    /** Closed, and nobody has anything to do about it any more. */
    boolean isForgotten() {
        return state == StreamState.CLOSED && user == null;
    }

    /** The state machine's next step; what the table does not have is a mistake of ours. */
    void happened(Event event) {
        StreamState after = state.next(event);
        if (after == null) {
            throw new IllegalStateException("stream " + id + " is " + state + ", " + event + " cannot happen");
        }
        state = after;
    }

    // ---- input

    /** The peer has said how long its content is. */
    void expectContent(long lengthBytes) {
        contentLeftBytes = lengthBytes;
    }

    /** A DATA frame begins; false when it is longer than the window (RFC 9113 6.9.1). */
    boolean takeFromReceiveWindow(int lengthBytes) {
        receiveWindowBytes -= lengthBytes;
        return receiveWindowBytes >= 0;
    }

    /** Its user says how much may come, not what has been read of it. */
    void countCredit() {
        creditCounted = true;
    }

    boolean isCreditCounted() {
        return creditCounted;
    }

    /** The peer may send so much more. */
    void widenReceiveWindow(int bytes) {
        if (bytes > H2Frame.MAX_WINDOW_BYTES - receiveWindowBytes) {
            throw new IllegalArgumentException("credit above 2^31-1");
        }
        receiveWindowBytes += bytes;
    }

    /** Nothing may come before more credit is given. */
    boolean isOutOfCredit() {
        return creditCounted && receiveWindowBytes <= 0 && state.mayReceive();
    }

    /** Content; false when it is more than was announced (RFC 9113 8.1.1). */
    boolean countContent(int lengthBytes) {
        if (contentLeftBytes == UNKNOWN) {
            return true;
        }
        contentLeftBytes -= lengthBytes;
        return contentLeftBytes >= 0;
    }

    /** All content is there; false when it is less than was announced. */
    boolean isContentWhole() {
        return contentLeftBytes <= 0;
    }

    boolean isPaused() {
        return rx == Rx.PAUSED;
    }

    void pauseRx() {
        rx = Rx.PAUSED;
    }

    void resumeRx() {
        if (rx == Rx.PAUSED) {
            rx = Rx.FLOWING;
            if (held != null || endHeld) {
                h2.output.enqueue(this);
            }
        }
    }

    /** Keeps content nobody wants yet; the window bounds it. */
    void hold(ByteBuffer content) {
        if (held == null) {
            held = new BufferChain();
        }
        held.append(content);
    }

    void holdEnd() {
        endHeld = true;
    }

    boolean isHolding() {
        return held != null || endHeld;
    }

    @Nullable
    BufferChain held() {
        return held;
    }

    void heldTaken() {
        held = null;
    }

    boolean takeEndHeld() {
        boolean had = endHeld;
        endHeld = false;
        return had;
    }

    /** So much content has been used: the increment to tell the peer of, 0 while it is not worth a frame. */
    int consumed(int lengthBytes, int fullWindowBytes) {
        unreportedBytes += lengthBytes;
        if (unreportedBytes < fullWindowBytes / 2 || !state.mayReceive()) {
            return 0;
        }
        int increment = unreportedBytes;
        unreportedBytes = 0;
        receiveWindowBytes += increment;
        return increment;
    }

    // ---- output

    boolean hasWaiting() {
        return waiting != null || endWaiting;
    }

    void requestWriteable() {
        if (!wantsWriteable) {
            wantsWriteable = true;
            h2.output.enqueue(this);
        }
    }

    /** While true a writer may go on: nothing waits, flow control has room, and others have had their turn. */
    boolean isReady() {
        return !hasWaiting()
                && turnLeftBytes > 0
                && state.maySend()
                && h2.output.windowBytes(this) > 0
                && h2.connection.isReadyForOutput();
    }

    void drop() {
        waiting = null;
        held = null;
        endHeld = false;
        endWaiting = false;
        wantsWriteable = false;
        deadlineNs = NO_DEADLINE;
        stalledUntilNs = NO_DEADLINE;
    }
}
