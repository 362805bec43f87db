package io.lws.tls;

import org.jspecify.annotations.Nullable;

/** Turns what engines throw into a {@link TlsException} that says what was the matter. */
final class TlsFailure {
    private static final int MAX_CAUSES = 16;

    private TlsFailure() {}

    static TlsException of(Exception thrown) {
        if (thrown instanceof TlsException already) {
            return already;
        }
        Throwable cause = thrown;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            if (cause instanceof TrustException trust) {
                return new TlsException(trust.reason(), text(trust), thrown, trust.chain());
            }
            cause = cause.getCause();
        }
        return new TlsException(TlsException.Reason.PROTOCOL, text(thrown), thrown);
    }

    private static String text(Throwable thrown) {
        @Nullable String message = thrown.getMessage();
        return "TLS: " + (message == null ? thrown.getClass().getSimpleName() : message);
    }
}
