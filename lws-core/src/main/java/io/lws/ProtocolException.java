package io.lws;

/**
 * The peer broke the wire protocol. Carries the code that goes on the wire: an HTTP status, a WebSocket close code, an
 * h2 error code or an MQTT reason code, whichever the role speaks.
 *
 * <p>Thrown by codecs, caught in one place per role, which tells the peer and closes. It has no stack trace: an
 * attacker must not be able to buy one.
 */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;

    public ProtocolException(int code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    /** The code for the wire; its meaning belongs to the role that throws. */
    public int code() {
        return code;
    }

    /** What was wrong, for the log and, where the protocol has room for text, for the peer. Never holds peer bytes raw. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
