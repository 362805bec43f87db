package io.lws.http.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Why there is no (whole) response. No stack trace: what happened did not happen where it is told. */
public final class HttpClientException extends IOException {
    private static final long serialVersionUID = 1;

    /** What went wrong, and so who could do something about it. */
    public enum Reason {
        /** The name service does not know the host, or did not answer. */
        DNS,
        /** Refused, unreachable. */
        CONNECT,
        /** The proxy refused, or is not one. */
        PROXY,
        /** The handshake failed, or the origin's certificate is not to be trusted. */
        TLS,
        /** One of {@link HttpTimeouts} ran out; the message names which. */
        TIMEOUT,
        /** The connection ended before the response did. */
        CONNECTION_LOST,
        /** What came is not HTTP, or could be read in two ways. */
        BAD_RESPONSE,
        /** The response is longer than the limit that was set. */
        TOO_LARGE,
        /** The content does not decode, or is a bomb. */
        DECODING,
        /** More redirects than allowed, or one that must not be followed. */
        REDIRECT,
        /** The request's content cannot be sent (again). */
        BODY,
        /** Too many exchanges wait for a connection. */
        BUSY,
        /** Given up by this side: {@code abort}, a future that was cancelled, a callback that threw. */
        CANCELLED,
        /** The client, or its context, is closed. */
        CLOSED
    }

    private final Reason reason;

    HttpClientException(Reason reason, String message) {
        this(reason, message, null);
    }

    HttpClientException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
