package io.lws.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a peer's certificates were not accepted; travels through the engine. */
final class TrustException extends CertificateException {
    private static final long serialVersionUID = 1;

    private final TlsException.Reason reason;
    private final transient List<X509Certificate> chain;

    TrustException(TlsException.Reason reason, String message, List<X509Certificate> chain, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.chain = chain;
    }

    TlsException.Reason reason() {
        return reason;
    }

    List<X509Certificate> chain() {
        return chain;
    }
}
