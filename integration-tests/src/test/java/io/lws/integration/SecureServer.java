package io.lws.integration;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.tls.DevelopmentCertificate;
import io.lws.tls.KeyMaterial;
import io.lws.tls.TlsConfig;
import io.lws.tls.TlsInfo;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** An https server in the test's own process that answers with what the handshake has agreed on. */
final class SecureServer implements AutoCloseable {
    static final KeyMaterial EC = DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC);
    static final KeyMaterial RSA = DevelopmentCertificate.make(DevelopmentCertificate.Kind.RSA);

    private final Context context;
    private final Vhost vhost;

    /** With every default but what {@code change} changes. */
    SecureServer(UnaryOperator<TlsConfig.Builder> change) {
        vhost = Vhost.builder("localhost")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .tls(change.apply(TlsConfig.builder()).build())
                .protocol("telling", (owner, options) -> new Telling())
                .build();
        context = Context.builder().vhost(vhost).build().start();
    }

    private static final class Telling implements HttpProtocol<Void> {
        private static final Headers TEXT = Headers.of("Content-Type", "text/plain");

        @Override
        public void onRequest(HttpTransaction<Void> http) {
            TlsInfo tls = http.tls();
            String told = tls == null
                    ? "plain"
                    : String.join(" ", tls.protocol(), tls.resumed() ? "resumed" : "new", String.valueOf(tls.alpn()));
            http.respond(200, TEXT, told.getBytes(StandardCharsets.US_ASCII));
        }
    }

    static KeyMaterial key(String kind) {
        return kind.equals("EC") ? EC : RSA;
    }

    int port() {
        return vhost.port();
    }

    String url() {
        return "https://localhost:" + port() + "/";
    }

    @Override
    public void close() {
        context.close();
    }
}
