package io.lws.tls;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What a finished handshake has agreed on.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param cipherSuite by its IANA name
 * @param serverName the name the client asked for, or {@code null}
 * @param alpn the protocol both agreed on, or {@code null}
 * @param peerCertificates leaf first; empty where the peer showed none
 * @param resumed true where an earlier session was taken up again, as read off the ServerHello
 */
public record TlsInfo(
        String protocol,
        String cipherSuite,
        @Nullable String serverName,
        @Nullable String alpn,
        List<X509Certificate> peerCertificates,
        boolean resumed) {

    static TlsInfo of(
            SSLSession session,
            List<X509Certificate> peerCertificates,
            @Nullable String serverName,
            @Nullable String alpn,
            boolean resumed) {
        return new TlsInfo(
                session.getProtocol(), session.getCipherSuite(), serverName, alpn, peerCertificates, resumed);
    }

    static List<X509Certificate> certificates(SSLSession session) {
        try {
            List<X509Certificate> found = new ArrayList<>();
            for (Certificate each : session.getPeerCertificates()) {
                found.add((X509Certificate) each);
            }
            return List.copyOf(found);
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }
}
