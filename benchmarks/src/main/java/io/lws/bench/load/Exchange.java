package io.lws.bench.load;

/** What a load consists of. */
public enum Exchange {
    /** GET, answered with a body. */
    HTTP,
    /** The same over HTTP/2 and TLS. */
    H2_TLS,
    /** A WebSocket message, echoed. */
    WS_ECHO,
    /** A WebSocket message to one, delivered to all. */
    WS_BROADCAST
}
