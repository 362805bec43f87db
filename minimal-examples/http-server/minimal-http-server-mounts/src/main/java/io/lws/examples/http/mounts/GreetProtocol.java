package io.lws.examples.http.mounts;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import java.nio.ByteBuffer;

/** Says hello in the name that the mount's options give it, and how much content came with the request. */
final class GreetProtocol implements HttpProtocol<GreetProtocol.Pss> {
    static final class Pss {
        private long bytes;
    }

    GreetProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public Pss newPss() {
        return new Pss();
    }

    /** The answer waits for the content. */
    @Override
    public void onRequest(HttpTransaction<Pss> http) {}

    @Override
    public void onBody(HttpTransaction<Pss> http, ByteBuffer rx) {
        http.pss().bytes += rx.remaining();
    }

    @Override
    public void onBodyComplete(HttpTransaction<Pss> http) {
        String name = http.mount().options().string("name", "nobody");
        String path = http.request().path();
        http.respond(200, "text/plain", "hello from " + name + ": " + path + ", " + http.pss().bytes + " octets\n");
    }
}
