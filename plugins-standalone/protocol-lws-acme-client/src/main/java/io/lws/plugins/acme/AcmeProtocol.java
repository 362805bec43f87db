package io.lws.plugins.acme;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Mounted at {@code /.well-known/acme-challenge} of a vhost on port 80 it answers challenges; with options it also looks
 * after the certificate of its own vhost.
 */
final class AcmeProtocol implements HttpProtocol<@Nullable Void> {
    static final String NAME = "lws-acme-client";

    private final @Nullable CertificateKeeper keeper;

    AcmeProtocol(Vhost vhost, ProtocolOptions options) {
        boolean keeps = options.has(AcmeOptions.MARK);
        keeper = keeps ? CertificateKeeper.of(vhost, AcmeOptions.read(vhost, options)) : null;
    }

    @Override
    public void onRequest(HttpTransaction<@Nullable Void> http) {
        String path = http.request().path();
        String answer = Challenges.OF_ALL_VHOSTS.answer(path.substring(path.lastIndexOf('/') + 1));
        if (answer == null) {
            http.respondError(404, Headers.EMPTY, "");
        } else {
            http.respond(200, "application/octet-stream", answer);
        }
    }

    @Override
    public void close() {
        if (keeper != null) {
            keeper.close();
        }
    }
}
