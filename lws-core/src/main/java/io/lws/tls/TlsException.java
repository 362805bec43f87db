package io.lws.tls;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * TLS came to an end that is not a clean close. It has no stack trace of its own: a peer must not be able to buy one;
 * {@link #getCause} is what the engine said.
 */
public final class TlsException extends IOException {
    private static final long serialVersionUID = 1;

    /** What went wrong. */
    public enum Reason {
        /** The handshake failed, or a record could not be read. */
        PROTOCOL,
        /** The peer's end of stream came without its close_notify: what was sent may be incomplete. */
        TRUNCATED,
        /** The peer tried to negotiate anew (TLS 1.2), or changes keys all the time (TLS 1.3). */
        REFUSED,
        /** The peer's certificate is signed by nobody who is trusted. */
        UNTRUSTED,
        /** The peer's certificate is its own issuer. */
        SELF_SIGNED,
        /** The peer's certificate is no longer valid, or not yet. */
        EXPIRED,
        /** The peer's certificate is for another host. */
        HOST_NAME,
        /** The peer's key is none of the pinned ones. */
        NOT_PINNED
    }

    private final Reason reason;
    private final transient List<X509Certificate> chain;

    TlsException(Reason reason, String message, @Nullable Throwable cause) {
        this(reason, message, cause, List.of());
    }

    TlsException(Reason reason, String message, @Nullable Throwable cause, List<X509Certificate> chain) {
        super(message, cause);
        this.reason = reason;
        this.chain = List.copyOf(chain);
    }

    public Reason reason() {
        return reason;
    }

    /** The certificates the peer showed, where they were the reason; leaf first. */
    public List<X509Certificate> chain() {
        return chain;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
