package io.lws.examples.http.client.certinfo;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.http.client.HttpClientProtocol;
import io.lws.http.client.HttpExchange;
import java.security.cert.X509Certificate;

/** Prints what {@code tls()} of the exchange knows once the head is there. */
final class CertinfoProtocol implements HttpClientProtocol<Void> {
    private final Context context;

    CertinfoProtocol(Context context) {
        this.context = context;
    }

    @Override
    public void onResponse(HttpExchange<Void> http) {
        var tls = http.tls();
        if (tls == null) {
            return;
        }
        System.out.println(tls.protocol() + " " + tls.cipherSuite());
        for (X509Certificate each : tls.peerCertificates()) {
            System.out.println("subject " + each.getSubjectX500Principal());
            System.out.println("issuer  " + each.getIssuerX500Principal());
            System.out.println("key     " + each.getPublicKey().getAlgorithm());
        }
    }

    @Override
    public void onClosed(HttpExchange<Void> http, CloseInfo info) {
        if (info.cause() != null) {
            System.out.println("failed: " + info.reason());
        }
        context.close();
    }
}
