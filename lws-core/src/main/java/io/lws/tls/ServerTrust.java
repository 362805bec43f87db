package io.lws.tls;

import io.lws.tls.TlsClientConfig.Relaxation;
import io.lws.tls.TlsException.Reason;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A client's checks of a server's certificates, in order: signed by whom, still valid, for this host. Each says which
 * check it was that failed, and each can be relaxed without touching the others. Any thread.
 */
final class ServerTrust extends X509ExtendedTrustManager {
    private final @Nullable X509ExtendedTrustManager anchors;
    private final Set<String> pins;
    private final Set<Relaxation> relaxed;

    private ServerTrust(TlsClientConfig config) throws GeneralSecurityException {
        pins = config.pins();
        relaxed = config.relaxations();
        if (!pins.isEmpty()) {
            anchors = null;
        } else {
            anchors = config.cas().isEmpty() ? ClientTrust.from(null) : ClientTrust.anchors(config.cas());
        }
    }

    static ServerTrust of(TlsClientConfig config) {
        try {
            return new ServerTrust(config);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the platform's CA certificates cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        List<X509Certificate> chain = List.of(certificates);
        checkSigner(chain, authType);
        checkValidity(chain);
        if (engine != null) {
            checkHost(chain, String.valueOf(engine.getPeerHost()));
        }
    }

    private void checkSigner(List<X509Certificate> chain, String authType) throws CertificateException {
        if (anchors == null) {
            checkPin(chain);
        } else if (!(relaxed.contains(Relaxation.SELF_SIGNED) && isSelfSigned(chain.get(0)))) {
            checkAnchors(anchors, chain, authType);
        }
    }

    private void checkPin(List<X509Certificate> chain) throws CertificateException {
        if (!pins.contains(spkiSha256(chain.get(0)))) {
            throw new TrustException(
                    Reason.NOT_PINNED, "the key of " + name(chain) + " is none of those pinned", chain, null);
        }
    }

    private void checkAnchors(X509ExtendedTrustManager trusted, List<X509Certificate> chain, String authType)
            throws CertificateException {
        try {
            trusted.checkServerTrusted(chain.toArray(new X509Certificate[0]), authType);
        } catch (CertificateException e) {
            if (!isDateTrouble(e)) {
                throw untrusted(chain, e);
            }
            if (!relaxed.contains(Relaxation.EXPIRED)) {
                throw expired(chain, e);
            }
            PathCheck.ignoringDates(chain, trusted.getAcceptedIssuers());
        }
    }

    private static TrustException untrusted(List<X509Certificate> chain, CertificateException why) {
        boolean self = isSelfSigned(chain.get(0));
        String what = self
                ? " is self-signed"
                : " is signed by nobody who is trusted, issuer "
                        + chain.get(chain.size() - 1).getIssuerX500Principal();
        return new TrustException(self ? Reason.SELF_SIGNED : Reason.UNTRUSTED, name(chain) + what, chain, why);
    }

    private void checkValidity(List<X509Certificate> chain) throws CertificateException {
        if (relaxed.contains(Relaxation.EXPIRED)) {
            return;
        }
        try {
            chain.get(0).checkValidity();
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            throw expired(chain, e);
        }
    }

    private static TrustException expired(List<X509Certificate> chain, CertificateException why) {
        X509Certificate leaf = chain.get(0);
        return new TrustException(
                Reason.EXPIRED,
                name(chain) + ": a certificate is not valid now; the first is from "
                        + leaf.getNotBefore().toInstant() + " to "
                        + leaf.getNotAfter().toInstant(),
                chain,
                why);
    }

    private void checkHost(List<X509Certificate> chain, String host) throws CertificateException {
        if (!relaxed.contains(Relaxation.HOST_NAME) && !HostNames.matches(chain.get(0), host)) {
            throw new TrustException(Reason.HOST_NAME, name(chain) + " is not for host " + host, chain, null);
        }
    }

    private static boolean isDateTrouble(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof CertificateExpiredException || each instanceof CertificateNotYetValidException) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static String spkiSha256(X509Certificate certificate) throws CertificateException {
        try {
            byte[] spki = certificate.getPublicKey().getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(spki));
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e);
        }
    }

    private static String name(List<X509Certificate> chain) {
        return "certificate " + chain.get(0).getSubjectX500Principal();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        checkServerTrusted(chain, authType, (SSLEngine) null);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType, (SSLEngine) null);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return anchors == null ? new X509Certificate[0] : anchors.getAcceptedIssuers();
    }
}
