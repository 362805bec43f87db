package io.lws.ws;

import io.lws.ProtocolException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the pieces of one message together for a protocol that takes whole ones. A message that arrives in one piece is
 * shown where it lies and never copied; else memory grows with what has arrived (not with what was declared), by
 * doubling, up to {@code wholeMessageBytes}. Between messages it holds nothing.
 */
final class WsAssembly {
    private final WsFragmentPool pool;
    private final int maxBytes;

    private @Nullable WsFragment held;

    WsAssembly(WsFragmentPool pool, int maxBytes) {
        this.pool = pool;
        this.maxBytes = maxBytes;
    }

    /**
     * Adds {@code [from, to)} of {@code in}. Gives the whole message when {@code piece} ends it, lent through {@code
     * lender}, else null. {@code ProtocolException} 1009 beyond the limit. After the callback: {@link #done}.
     */
    @Nullable
    WsFragment add(WsFragment lender, ByteBuffer in, int from, int to, int piece) {
        int length = to - from;
        int before = held == null ? 0 : held.lengthBytes();
        if (length > maxBytes - before) {
            drop();
            throw new ProtocolException(WsCloseCode.TOO_BIG, "message too big to be taken whole");
        }
        if (held == null && (piece & WsPiece.FINAL) != 0) {
            return lender.lend(in, from, to, piece);
        }
        held = roomFor(held, before + length);
        held.append(in, from, to, piece);
        if ((piece & WsPiece.FINAL) == 0) {
            return null;
        }
        return lender.lend(held.payload(), 0, before + length, held.piece() | WsPiece.FIRST);
    }

    /** Ends the loan of {@link #add} and gives the memory back. */
    void done(WsFragment lender) {
        lender.revoke();
        drop();
    }

    /** Forgets an unfinished message. */
    void drop() {
        if (held != null) {
            held.spend(pool);
            held = null;
        }
    }

    private WsFragment roomFor(@Nullable WsFragment old, int lengthBytes) {
        if (old == null) {
            return pool.take(lengthBytes).ownNothing();
        }
        if (lengthBytes <= old.capacityBytes()) {
            return old;
        }
        WsFragment larger = pool.take(Math.max(lengthBytes, Math.min(maxBytes, 2 * old.capacityBytes())));
        larger.own(old.payload(), 0, old.lengthBytes(), old.piece());
        old.spend(pool);
        return larger;
    }
}
