package io.lws.tls;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a peer may do to an open connection besides sending data: in TLS 1.2 nothing, in TLS 1.3 change keys now and then.
 * The engine would go along with both as often as asked.
 */
final class KeyUpdateGuard {
    private static final int MAX_PER_SECOND = 32;
    private static final long SECOND_NS = 1_000_000_000L;

    private long windowStartNs;
    private int inWindow;

    /** In TLS 1.2 a handshake record on an open connection is the beginning of a renegotiation (RFC 5246 §7.4.1.1). */
    void refuseRenegotiation(ByteBuffer in, @Nullable TlsInfo info) throws TlsException {
        if (in.hasRemaining()
                && in.get(in.position()) == TlsRecord.HANDSHAKE
                && info != null
                && info.protocol().equals("TLSv1.2")) {
            throw new TlsException(TlsException.Reason.REFUSED, "renegotiation refused", null);
        }
    }

    /** A record that brought nothing: a key update (RFC 8446 §4.6.3), a ticket, or an empty one. */
    void countQuiet(long nowNs) throws TlsException {
        if (inWindow == 0 || nowNs - windowStartNs >= SECOND_NS) {
            windowStartNs = nowNs;
            inWindow = 0;
        }
        if (++inWindow > MAX_PER_SECOND) {
            throw new TlsException(
                    TlsException.Reason.REFUSED, "more than " + MAX_PER_SECOND + " key updates in a second", null);
        }
    }
}
