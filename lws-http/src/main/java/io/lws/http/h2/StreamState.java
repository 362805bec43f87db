package io.lws.http.h2;

import org.jspecify.annotations.Nullable;

/** The life of a stream without push (RFC 9113 5.1). What is not in the table may not happen. */
enum StreamState {
    IDLE,
    OPEN,
    /** We have ended our side. */
    HALF_CLOSED_LOCAL,
    /** The peer has ended its side. */
    HALF_CLOSED_REMOTE,
    CLOSED;

    /** What happens to a stream. */
    enum Event {
        /** A head goes either way. */
        BEGIN,
        RECEIVE_END,
        SEND_END,
        /** RST_STREAM, either way, or the connection's end. */
        RESET
    }

    /** A row for each state, a column for each event. */
    private static final @Nullable StreamState[][] NEXT = {
        {OPEN, null, null, CLOSED},
        {OPEN, HALF_CLOSED_REMOTE, HALF_CLOSED_LOCAL, CLOSED},
        {HALF_CLOSED_LOCAL, CLOSED, null, CLOSED},
        {HALF_CLOSED_REMOTE, null, CLOSED, CLOSED},
        {null, null, null, CLOSED},
    };

    /** The state after {@code event}, {@code null} where it may not happen. */
    @Nullable
    StreamState next(Event event) {
        return NEXT[ordinal()][event.ordinal()];
    }

    boolean mayReceive() {
        return this == OPEN || this == HALF_CLOSED_LOCAL;
    }

    boolean maySend() {
        return this == OPEN || this == HALF_CLOSED_REMOTE;
    }
}
