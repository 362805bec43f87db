package io.lws.http.client;

import io.lws.http.client.HttpClientException.Reason;
import io.lws.net.LoopNet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A client's half on one loop: its pools. That loop's thread. */
final class ClientLoop {
    private final HttpClient client;
    private final LoopNet net;
    private final Map<Origin, OriginPool> pools = new HashMap<>();
    private final Runnable onLoopEnding = this::close;
    private boolean closed;

    ClientLoop(HttpClient client, LoopNet net) {
        this.client = client;
        this.net = net;
        net.whileServing(onLoopEnding);
    }

    HttpClient client() {
        return client;
    }

    LoopNet net() {
        return net;
    }

    boolean isClosed() {
        return closed;
    }

    OriginPool pool(Origin origin) {
        return pools.computeIfAbsent(origin, key -> new OriginPool(this, key));
    }

    void forget(Origin origin, OriginPool pool) {
        pools.remove(origin, pool);
    }

    static HttpClientException closing() {
        return new HttpClientException(Reason.CLOSED, "the client is closed");
    }

    void close() {
        if (!closed) {
            closed = true;
            net.forget(onLoopEnding);
            List.copyOf(pools.values()).forEach(pool -> pool.close(closing()));
        }
    }
}
