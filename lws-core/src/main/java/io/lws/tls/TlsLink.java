package io.lws.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Which TLS a connection is to have: its engine, and what the handshake is about. Made for one connection.
 *
 * @param context a server's, held by this link; {@code null} for a client
 * @param sessionId what the client sent, as a server has read it
 */
record TlsLink(
        SSLEngine engine,
        @Nullable TlsContext context,
        boolean wantsDirectBuffers,
        TlsTasks tasks,
        @Nullable String serverName,
        @Nullable String alpn,
        byte[] sessionId) {
    private static final byte[] NO_SESSION = {};
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** {@code context} is held by the caller and released by this link. */
    static TlsLink server(TlsContext context, ClientHello hello, @Nullable String alpn) {
        return new TlsLink(
                context.engine(alpn),
                context,
                context.wantsDirectBuffers(),
                context.config().tasks(),
                hello.serverName(),
                alpn,
                hello.sessionId());
    }

    static TlsLink client(TlsClientConfig config, String host, int port) {
        TlsClientContext context = config.context();
        return new TlsLink(
                context.engine(host, port), null, context.wantsDirectBuffers(), config.tasks(), host, null, NO_SESSION);
    }

    boolean isClient() {
        return context == null;
    }

    /** Whether the peer may have shown any. */
    boolean showsPeerCertificates() {
        return context == null || context.config().clientAuth() != ClientAuth.NONE;
    }

    static ByteBuffer nothing() {
        return NOTHING;
    }

    /** The connection has gone. {@code idle} = nobody works on the engine at the moment. */
    void release(boolean idle) {
        if (wantsDirectBuffers && idle) {
            freeNative();
        }
        if (context != null) {
            context.release();
        }
    }

    /** An engine on native memory gives it back when both ways are closed, not when it is collected. */
    private void freeNative() {
        try {
            engine.closeOutbound();
            engine.closeInbound();
        } catch (SSLException | RuntimeException e) {
            // it complains of a missing close_notify, which has been told to whom it concerns
            return;
        }
    }
}
