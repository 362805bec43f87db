package io.lws.ws;

import io.lws.Session;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One WebSocket. */
public interface WsSession<S extends @Nullable Object> extends Session<S> {
    /** True where this end made the connection. */
    boolean isClient();

    /** The subprotocol agreed on, empty when the client asked for none. */
    String subprotocol();

    /**
     * Queues a message to be sent as soon as the peer takes it, from any thread. Messages posted by one thread keep their
     * order. What is taken goes out before our close frame, whichever side begins to close; it is lost only with the
     * connection: when that breaks, is aborted, is ended for a violation, or is closed by a protocol in the middle of a
     * message that it writes itself.
     *
     * @return false when it was not taken: the session is closing or has ended, or {@link WsLimits#postedBytes} already wait
     */
    boolean post(WsMessage message);

    /** Sends a ping with at most 125 bytes; the answer comes as {@code onPong}. */
    void ping(ByteBuffer payload);

    /** Begins to close: what was written and posted goes out, then the close frame; {@code onClosed} follows. */
    void close(int code, String reason);

    /** {@link #close(int, String)} with {@link WsCloseCode#NORMAL}. */
    default void close() {
        close(WsCloseCode.NORMAL, "");
    }

    /** Ends the connection at once, without a close frame. */
    void abort();

    /**
     * Stops {@code onReceive} and {@code onMessage} until {@link #resumeRx}; what the peer sends waits in the kernel, its
     * close frame too. That the connection was reset shows with the next thing that is sent, at the latest with the ping
     * of the vhost's {@link io.lws.policy.ValidityPolicy}, which is sent while paused but need not be answered. Idempotent.
     */
    @Override
    void pauseRx();

    /** Adds a piece to the message being put together; {@code onMessage} is called when that is whole. */
    void assemble(WsFragment rx);
}
