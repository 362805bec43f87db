package io.lws.examples.http.tls;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.tls.TlsInfo;
import java.nio.charset.StandardCharsets;

/** Says hello, and how the connection is secured. */
final class HelloProtocol implements HttpProtocol<Void> {
    private static final Headers TEXT = Headers.of("Content-Type", "text/plain;charset=utf-8");

    private final Vhost vhost;

    HelloProtocol(Vhost vhost, ProtocolOptions options) {
        this.vhost = vhost;
    }

    @Override
    public void onRequest(HttpTransaction<Void> http) {
        TlsInfo tls = http.tls();
        String how = tls == null ? "in plain text" : "over " + tls.protocol();
        http.respond(200, TEXT, ("hello from " + vhost.name() + " " + how + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
