package io.lws.http.client;

import io.lws.net.LoopNet;
import io.lws.net.Transport;

/** Reaches the other end of a connection: the seam below which there are sockets. */
@FunctionalInterface
interface Dialer {
    /** Who waits; one of the last two, once. */
    interface Outcome {
        /** The host has been looked up. */
        void onResolved();

        void onReached(Transport transport);

        void onUnreachable(HttpClientException why);
    }

    /** Begins; what it returns makes it give up. On the loop. {@code origin} is what is connected to, such as a proxy. */
    Runnable dial(LoopNet net, Origin origin, HttpTimeouts timeouts, Outcome outcome);
}
