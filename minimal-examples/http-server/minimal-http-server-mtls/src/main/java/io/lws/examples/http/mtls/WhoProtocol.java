package io.lws.examples.http.mtls;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.tls.TlsInfo;
import java.nio.charset.StandardCharsets;

/** Greets a client by the name in its certificate. */
final class WhoProtocol implements HttpProtocol<Void> {
    private static final Headers TEXT = Headers.of("Content-Type", "text/plain;charset=utf-8");

    WhoProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public void onRequest(HttpTransaction<Void> http) {
        TlsInfo tls = http.tls();
        String who = tls == null || tls.peerCertificates().isEmpty()
                ? "stranger"
                : tls.peerCertificates().get(0).getSubjectX500Principal().getName();
        http.respond(200, TEXT, ("hello " + who + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
