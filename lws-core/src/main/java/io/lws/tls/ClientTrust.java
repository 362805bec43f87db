package io.lws.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** What a server checks client certificates by: the CAs it was given and nothing else. */
final class ClientTrust {
    private ClientTrust() {}

    static TrustManager of(List<X509Certificate> cas) {
        return cas.isEmpty() ? new Nobody() : anchors(cas);
    }

    /** The platform's checks against {@code cas}. */
    static X509ExtendedTrustManager anchors(List<X509Certificate> cas) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < cas.size(); i++) {
                store.setCertificateEntry(Integer.toString(i), cas.get(i));
            }
            return from(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the CA certificates cannot be used: " + e.getMessage(), e);
        }
    }

    /** {@code null} = what the platform trusts. */
    static X509ExtendedTrustManager from(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        for (TrustManager each : factory.getTrustManagers()) {
            if (each instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new IllegalStateException("the platform has no X.509 trust manager");
    }

    /** For servers that ask for no certificate: whatever is shown is refused. */
    private static final class Nobody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw refused();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw refused();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
                throws CertificateException {
            throw refused();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
                throws CertificateException {
            throw refused();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
                throws CertificateException {
            throw refused();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
                throws CertificateException {
            throw refused();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }

        private static CertificateException refused() {
            return new CertificateException("no CA to check a certificate by");
        }
    }
}
