package io.lws.http.client;

import io.lws.CloseInfo;
import io.lws.CloseInfo.Initiator;
import io.lws.http.wire.WireEvents.Progress;

/**
 * How often one request was begun anew, and whether it may be once more. A kept connection may have been closed by the
 * origin before the request reached it (RFC 9112 9.3.1): what does no harm is asked again, on a connection made for it.
 * What the origin says it has not looked at (RFC 9113 8.7) is asked again always.
 */
final class Repeats {
    private static final int MAX_LOST = 2;

    /** An origin that goes away every few requests gets its work done; one that never does any is left. */
    private static final int MAX_UNPROCESSED = 16;

    private int count;
    private boolean lostOnKept;

    /** The request failed; {@code reused}: on a connection that had carried others. */
    boolean mayFollow(CloseInfo why, Progress progress, ClientRequest request, boolean reused) {
        if (progress == Progress.NOT_PROCESSED) {
            return count < MAX_UNPROCESSED;
        }
        boolean lost = why.initiator() == Initiator.NETWORK || why.initiator() == Initiator.PEER;
        return lost
                && progress == Progress.NOTHING_CAME
                && reused
                && count < MAX_LOST
                && Failure.isIdempotent(request.method());
    }

    void begins(Progress after) {
        count++;
        lostOnKept = after == Progress.NOTHING_CAME;
    }

    /** Another request takes its place. */
    void reset() {
        count = 0;
        lostOnKept = false;
    }

    boolean isRepeat() {
        return count > 0;
    }

    /** A kept connection has failed it. */
    boolean isLostOnKept() {
        return lostOnKept;
    }
}
