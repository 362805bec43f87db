package io.lws.raw;

import io.lws.CloseInfo;
import io.lws.Protocol;
import io.lws.tls.TlsInfo;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A protocol that speaks bytes on a socket (lws: the RAW callbacks). The contract is {@link Protocol}'s. */
public interface RawProtocol<S extends @Nullable Object> extends Protocol<S> {
    /** The connection is there (lws: RAW_ADOPT, RAW_CONNECTED). */
    default void onConnected(RawSession<S> raw) {}

    /**
     * Bytes from the peer, as they came, in a big-endian buffer; never empty. {@code rx} is lent: what is left in it is
     * offered again with more behind, so a protocol may wait for a whole line or record by reading nothing (at most 64 KiB
     * can wait).
     */
    default void onReceive(RawSession<S> raw, ByteBuffer rx) {
        rx.position(rx.limit());
    }

    /** {@link RawSession#startTls} has succeeded: from here on everything is encrypted. */
    default void onSecured(RawSession<S> raw, TlsInfo info) {}

    /** The peer takes output. {@code tx} is lent. */
    default void onWriteable(RawSession<S> raw, RawTx tx) {}

    /** The peer has ended its output; ours may go on. The default closes. */
    default void onPeerFin(RawSession<S> raw) {
        raw.close();
    }

    /** The session has ended; the last call it gets. */
    default void onClosed(RawSession<S> raw, CloseInfo info) {}
}
