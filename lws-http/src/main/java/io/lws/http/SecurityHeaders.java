package io.lws.http;

import io.lws.VhostOption;

/**
 * Fields that make a browser careful, sent with each answer a mount of the vhost gives. A field that a mount's own
 * {@link Mount#headers()} set has the mount's value.
 */
public record SecurityHeaders(Headers headers) implements VhostOption {
    /** A page may load what comes from its own origin, run no inline script, be framed by nobody, and tell nobody. */
    public static final SecurityHeaders BEST_PRACTICE = new SecurityHeaders(Headers.of(
            "Content-Security-Policy",
            "default-src 'none'; img-src 'self' data:; script-src 'self'; font-src 'self'; style-src 'self'; "
                    + "connect-src 'self'; media-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer"));

    public SecurityHeaders {
        if (headers.hasFramingFields()) {
            throw new IllegalArgumentException("these headers frame a message");
        }
    }

    /** These and a mount's own, which come first. */
    public Headers below(Headers mounts) {
        Headers.Builder all = mounts.toBuilder();
        for (int i = 0; i < headers.size(); i++) {
            if (mounts.get(headers.name(i)) == null) {
                all.add(headers.name(i), headers.value(i));
            }
        }
        return all.build();
    }
}
