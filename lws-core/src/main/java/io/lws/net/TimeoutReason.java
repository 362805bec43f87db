package io.lws.net;

/** What a connection was waiting for when its time ran out (lws: pending timeout). Goes into logs and close reasons. */
public enum TimeoutReason {
    /** The rest of a request head or of a handshake. */
    AWAITING_HEADERS,
    /** The next piece of a request body. */
    AWAITING_BODY,
    /** Another request on an idle connection. */
    KEEPALIVE_IDLE,
    /** The protocol to finish its answer. */
    AWAITING_RESPONSE,
    /** The peer's Close frame. */
    AWAITING_CLOSE_ACK,
    /** A pong, or any other sign of life. */
    AWAITING_PING,
    /** A TLS handshake. */
    AWAITING_TLS,
    /** A connection being made. */
    AWAITING_CONNECT,
    /** Set by the protocol through its session. */
    USER
}
