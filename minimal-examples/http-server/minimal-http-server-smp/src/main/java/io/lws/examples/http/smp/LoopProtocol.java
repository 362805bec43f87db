package io.lws.examples.http.smp;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import java.util.concurrent.atomic.AtomicLong;

/** Says which loop answers. The one instance is shared by all loops, so what it counts must be safe for that. */
final class LoopProtocol implements HttpProtocol<Void> {
    private final AtomicLong requests = new AtomicLong();
    private final int loops;

    LoopProtocol(Vhost vhost, ProtocolOptions options) {
        loops = vhost.context().loops().size();
    }

    @Override
    public void onRequest(HttpTransaction<Void> http) {
        long number = requests.incrementAndGet();
        http.respond(
                200, "text/plain", "request " + number + ", loop " + http.loop().index() + " of " + loops + "\n");
    }
}
