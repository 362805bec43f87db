package io.lws.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.X509TrustedCertificateBlock;

/** X.509 certificates, PEM or DER, as many as there are. Other PEM blocks between them are passed over. */
final class CertificateReader {
    private CertificateReader() {}

    /** All certificates in the order they stand; at least one. */
    static List<X509Certificate> chain(Bytes from) {
        List<X509Certificate> found = from.isPem() ? pem(from) : der(from);
        if (found.isEmpty()) {
            throw from.bad("holds no certificate", null);
        }
        return found;
    }

    private static List<X509Certificate> pem(Bytes from) {
        List<X509Certificate> found = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(from.text()))) {
            Object each;
            while ((each = parser.readObject()) != null) {
                if (each instanceof X509CertificateHolder holder) {
                    found.add(certificate(from, holder.getEncoded()));
                } else if (each instanceof X509TrustedCertificateBlock block) {
                    found.add(certificate(from, block.getCertificateHolder().getEncoded()));
                }
            }
        } catch (IOException e) {
            throw from.bad("is damaged PEM", e);
        }
        return found;
    }

    private static List<X509Certificate> der(Bytes from) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(from.content()))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw from.bad("is no certificate", e);
        }
    }

    private static X509Certificate certificate(Bytes from, byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw from.bad("holds a damaged certificate", e);
        }
    }
}
