package io.lws.http.client;

/**
 * Where the time of an exchange went, in nanoseconds; of the last request where it was redirected. A step that was not
 * needed took 0: all of {@code dns}, {@code connect}, {@code proxy} and {@code tls} on a connection that was there.
 *
 * @param dnsNs looking the host up
 * @param connectNs from the first address to a connection
 * @param proxyNs what the proxy took
 * @param tlsNs the handshake
 * @param firstByteNs from the request's head to the response's
 * @param totalNs from the beginning, redirects included, to the end or until now
 * @param connection whose connection carried it
 * @param tls whether, and how, a handshake was made for it
 */
public record HttpTimings(
        long dnsNs,
        long connectNs,
        long proxyNs,
        long tlsNs,
        long firstByteNs,
        long totalNs,
        Source connection,
        Handshake tls) {

    /** Whose connection it was. */
    public enum Source {
        /** There was none yet. */
        NONE,
        /** Made for this exchange or for one that did not need it in the end. */
        NEW,
        /** Kept open by an earlier exchange. */
        REUSED
    }

    /** What securing the connection took. */
    public enum Handshake {
        /** Plain text, or secured before. */
        NONE,
        FULL,
        /** An earlier TLS session was taken up again. */
        RESUMED
    }
}
