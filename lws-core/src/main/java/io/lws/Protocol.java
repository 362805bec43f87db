package io.lws;

import org.jspecify.annotations.Nullable;

/**
 * A user's protocol. One instance is bound to one vhost, so its fields are the per-vhost state (lws: vhd); {@code S} is
 * the per-session state (lws: pss). Roles extend this with their callbacks: {@code WsProtocol}, {@code HttpProtocol},
 * {@code RawProtocol}.
 *
 * <p>The contract of every callback of every role: it runs on the session's event loop; buffers and writers are lent
 * for the duration of the call; it must not block; an exception closes this session, is logged with its tag, and
 * reaches no other session; extra writeable callbacks are legal; after {@code onClosed} nothing is called again.
 *
 * <p>When the context runs more than one loop, sessions of one protocol instance live on several threads: a pss is only
 * ever touched by its own session's loop, but the fields of the instance are shared and must be safe for that.
 */
public interface Protocol<S extends @Nullable Object> extends AutoCloseable {

    /** Makes the state of a new session, on its loop, before its first callback. The default has none ({@code null}). */
    @SuppressWarnings("NullAway")
    default S newPss() {
        return null;
    }

    /** The vhost goes away and every session of this instance has had its {@code onClosed}. Called once. */
    @Override
    default void close() {}
}
