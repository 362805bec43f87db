package io.lws.tls;

import io.lws.tls.TlsException.Reason;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who signed a chain, whatever the date. */
final class PathCheck {
    private PathCheck() {}

    /** As of the last moment in which all of {@code chain} was valid, or the leaf's last where there was none. */
    static void ignoringDates(List<X509Certificate> chain, X509Certificate[] anchors) throws CertificateException {
        try {
            Set<TrustAnchor> trusted = Arrays.stream(anchors)
                    .map(each -> new TrustAnchor(each, null))
                    .collect(Collectors.toSet());
            X509CertSelector leaf = new X509CertSelector();
            leaf.setCertificate(chain.get(0));
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(trusted, leaf);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(lastGood(chain));
            CertPathBuilder.getInstance("PKIX").build(parameters);
        } catch (GeneralSecurityException e) {
            throw new TrustException(
                    Reason.UNTRUSTED,
                    "certificate " + chain.get(0).getSubjectX500Principal() + " is signed by nobody who is trusted",
                    chain,
                    e);
        }
    }

    private static Date lastGood(List<X509Certificate> chain) {
        return Date.from(chain.stream()
                .map(each -> each.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow());
    }
}
