package io.lws;

import io.lws.loop.EventLoop;
import io.lws.tls.TlsInfo;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A user's handle on one connection or stream (lws: wsi). Belongs to its loop: everything here throws {@link
 * IllegalStateException} when called from another thread, except {@link #execute}, {@link #loop} and {@link #tag}.
 */
public interface Session<S extends @Nullable Object> {
    /** What {@link Protocol#newPss} made for this session. */
    S pss();

    Vhost vhost();

    EventLoop loop();

    /** Names this session in the log, such as {@code ws|srv|localhost|17}. */
    String tag();

    /** The peer's address, or {@code null} where the transport has none. */
    @Nullable
    SocketAddress remoteAddress();

    /** What the TLS handshake agreed on, or {@code null} on a connection in plain text. */
    default @Nullable TlsInfo tls() {
        return null;
    }

    /** False from the moment the end is decided, also before {@code onClosed} has run. */
    boolean isOpen();

    /**
     * Asks for one {@code onWriteable} as soon as the peer can take more; usually it comes in the same turn of the
     * loop. Asking again before it came changes nothing.
     */
    void requestWriteable();

    /** Stops {@code onReceive} until {@link #resumeRx}; what the peer sends waits in the kernel. Idempotent. */
    void pauseRx();

    /** Undoes {@link #pauseRx}. Idempotent. */
    void resumeRx();

    /**
     * Runs {@code task} on this session's loop, from any thread; skipped when the session has ended by then. Tasks from
     * one thread run in order.
     */
    void execute(Runnable task);
}
