package io.lws.tls;

/** What the first vhost of a port does with a client that asks for a name none of them has. */
public enum UnknownName {
    /** Serves it itself, with its own certificate. A client that names nothing is always served so. */
    SERVE,
    /** Refuses with an unrecognized_name alert. */
    REFUSE
}
