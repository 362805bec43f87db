package io.lws.raw;

import io.lws.Session;
import io.lws.tls.TlsClientConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One raw connection. */
public interface RawSession<S extends @Nullable Object> extends Session<S> {
    /** Ends it once what was written has gone out. */
    void close();

    /** Ends our output once what was written has gone out; the peer may go on (half-close). */
    void endOutput();

    /** Ends it at once. */
    void abort();

    /**
     * TLS begins in the middle of the conversation (STARTTLS). To be called where the client's request is read: {@code
     * answer} is the last to leave in plain text and is read to its end, a ClientHello must come next, and it is answered
     * with the certificates of the vhost, which has TLS with {@link io.lws.tls.PlainText#UNTIL_UPGRADE}. Plain text the
     * peer sent behind its request ends the session.
     *
     * <p>Then comes {@link RawProtocol#onSecured}, or {@code onClosed} if the handshake fails; in between nothing is
     * received, and a requested {@code onWriteable} waits. The timeout set before is over: {@code
     * Limits.handshakeTimeout} counts.
     *
     * @throws IllegalStateException where the vhost has no TLS, or the session has TLS by now
     */
    void startTls(ByteBuffer answer);

    /**
     * The client's side of {@link #startTls(ByteBuffer)}, once the server has agreed: {@code host} is asked for by name and must be
     * what the certificate says; sessions are resumed by it and {@code port}. What was written must have left.
     */
    void startTls(TlsClientConfig config, String host, int port);

    /** Closes the session with a timeout unless set anew or cleared with {@link Duration#ZERO} before. */
    void setTimeout(Duration limit);
}
