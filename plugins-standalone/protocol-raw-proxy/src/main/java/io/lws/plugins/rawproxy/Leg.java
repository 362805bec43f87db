package io.lws.plugins.rawproxy;

import io.lws.CloseInfo;
import io.lws.raw.RawSession;
import io.lws.raw.RawTx;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One of the two sessions of a proxied connection. What it receives waits, one piece of it, for the other to be
 * writeable, and nothing more is read meanwhile: a reader that stalls stalls the sender.
 */
final class Leg {
    private @Nullable RawSession<Leg> other;
    /** Received here, to be written there. */
    private @Nullable ByteBuffer piece;

    private boolean peerEnded;

    static void join(RawSession<Leg> near, RawSession<Leg> far) {
        near.pss().other = far;
        far.pss().other = near;
    }

    static void passOn(RawSession<Leg> from, ByteBuffer rx) {
        RawSession<Leg> to = from.pss().other;
        if (to == null || !to.isOpen()) {
            rx.position(rx.limit());
            return;
        }
        from.pss().piece = ByteBuffer.allocate(rx.remaining()).put(rx).flip();
        from.pauseRx();
        to.requestWriteable();
    }

    static void write(RawSession<Leg> to, RawTx tx) {
        RawSession<Leg> from = to.pss().other;
        ByteBuffer waiting = from == null ? null : from.pss().piece;
        if (from != null && waiting != null) {
            from.pss().piece = null;
            tx.write(waiting);
            if (from.isOpen()) {
                from.resumeRx();
            }
        }
    }

    /** The peer of {@code from} has ended its output, behind all its pieces; the other direction may go on. */
    static void end(RawSession<Leg> from) {
        from.pss().peerEnded = true;
        RawSession<Leg> to = from.pss().other;
        if (to == null || !to.isOpen()) {
            from.close();
        } else if (to.pss().peerEnded) {
            to.close();
            from.close();
        } else {
            to.endOutput();
        }
    }

    static void closed(RawSession<Leg> session, CloseInfo info) {
        RawSession<Leg> to = session.pss().other;
        if (to != null && to.isOpen()) {
            if (info.initiator() == CloseInfo.Initiator.NETWORK) {
                to.abort();
            } else {
                to.close();
            }
        }
    }
}
