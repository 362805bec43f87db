package io.lws;

import org.jspecify.annotations.Nullable;

/**
 * Why a session ended: the one argument of every {@code onClosed}.
 *
 * <p>{@code code} is the role's wire code where there is one (a WebSocket close code, an HTTP status), else 0. {@code
 * reason} is text for a log; bytes that came from the peer are already decoded and may hold anything but are bounded.
 * {@code cause} is the exception behind it, when there was one.
 */
public record CloseInfo(
        int code,
        String reason,
        Initiator initiator,
        @Nullable Throwable cause) {

    /** Who ended it. */
    public enum Initiator {
        /** This side: {@code session.close(...)}, a finished response, a draining context. */
        LOCAL,
        /** The peer said it was done: a Close frame, a clean end of stream. */
        PEER,
        /** The peer broke the protocol; {@code code} is what it was told. */
        PROTOCOL,
        /** A timeout of ours ran out; {@code reason} names which. */
        TIMEOUT,
        /** The network failed: reset, unreachable, end of stream in the middle of a message. */
        NETWORK,
        /** A callback threw; {@code cause} is what it threw. */
        CALLBACK
    }

    public static CloseInfo local(int code, String reason) {
        return new CloseInfo(code, reason, Initiator.LOCAL, null);
    }

    public static CloseInfo peer(int code, String reason) {
        return new CloseInfo(code, reason, Initiator.PEER, null);
    }

    public static CloseInfo protocol(ProtocolException violation) {
        return new CloseInfo(violation.code(), violation.reason(), Initiator.PROTOCOL, violation);
    }

    public static CloseInfo timeout(String what) {
        return new CloseInfo(0, what, Initiator.TIMEOUT, null);
    }

    public static CloseInfo network(Throwable cause) {
        return new CloseInfo(0, String.valueOf(cause.getMessage()), Initiator.NETWORK, cause);
    }

    public static CloseInfo callback(Throwable cause) {
        return new CloseInfo(0, "callback threw " + cause.getClass().getSimpleName(), Initiator.CALLBACK, cause);
    }
}
