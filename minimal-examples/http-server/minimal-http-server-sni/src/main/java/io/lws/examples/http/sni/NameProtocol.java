package io.lws.examples.http.sni;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.tls.TlsInfo;
import java.nio.charset.StandardCharsets;

/** Says which vhost it belongs to. */
final class NameProtocol implements HttpProtocol<Void> {
    private static final Headers TEXT = Headers.of("Content-Type", "text/plain;charset=utf-8");

    private final Vhost vhost;

    NameProtocol(Vhost vhost, ProtocolOptions options) {
        this.vhost = vhost;
    }

    @Override
    public void onRequest(HttpTransaction<Void> http) {
        TlsInfo tls = http.tls();
        String how = tls == null ? "in plain text" : "over " + tls.protocol();
        http.respond(200, TEXT, ("this is " + vhost.name() + " " + how + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
