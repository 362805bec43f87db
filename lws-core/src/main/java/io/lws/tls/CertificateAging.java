package io.lws.tls;

import io.lws.Vhost;
import java.security.cert.X509Certificate;
import java.time.Duration;

/** Told once a day, and when a vhost begins to serve, how long its certificate is still good (lws: VHOST_CERT_AGING). */
@FunctionalInterface
public interface CertificateAging {
    /** On the context's first loop; must not block. {@code left} is negative for one that has expired. */
    void onCertAging(Vhost vhost, X509Certificate leaf, Duration left);
}
