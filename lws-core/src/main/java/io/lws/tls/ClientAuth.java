package io.lws.tls;

/** Whether a server wants to see a certificate of its clients. */
public enum ClientAuth {
    NONE,
    /** Asked for; a client without one is let in, one with a bad one is not. */
    OPTIONAL,
    /** A client without a good one is not let in. */
    REQUIRED
}
