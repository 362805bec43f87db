package io.lws.tls;

/** What becomes of a connection to a TLS port that does not speak TLS. */
public enum PlainText {
    /** It is answered with a {@code 400} in plain text, and closed. */
    REFUSE,
    /** The role decides as for a plain port, except that http sends the client to https. */
    REDIRECT,
    /** It is served as on a plain port. */
    ALLOW,
    /**
     * No connection speaks it from the start: each begins as on a plain port, and TLS begins when its protocol says so
     * (STARTTLS, {@link TlsUpgrade#server}).
     */
    UNTIL_UPGRADE
}
