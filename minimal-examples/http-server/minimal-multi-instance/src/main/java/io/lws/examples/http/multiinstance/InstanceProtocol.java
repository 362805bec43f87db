package io.lws.examples.http.multiinstance;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import java.nio.charset.StandardCharsets;

/** Says which instance it belongs to, and which thread serves it. */
final class InstanceProtocol implements HttpProtocol<Void> {
    private static final Headers TEXT = Headers.of("Content-Type", "text/plain;charset=utf-8");

    private final Vhost vhost;

    InstanceProtocol(Vhost vhost, ProtocolOptions options) {
        this.vhost = vhost;
    }

    @Override
    public void onRequest(HttpTransaction<Void> http) {
        String how = "on " + Thread.currentThread().getName();
        http.respond(200, TEXT, ("this is " + vhost.name() + " " + how + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
