package io.lws.http.client;

import io.lws.tls.TlsClientConfig;

/** Which versions of HTTP a client speaks. */
public enum HttpVersions {
    /** Over TLS what ALPN agrees on, HTTP/2 before HTTP/1.1; in plain text HTTP/1.1. */
    NEGOTIATED,
    HTTP_1_1,
    /** Also in plain text, where the origin is known to speak it (RFC 9113 3.3). */
    HTTP_2;

    /** A config that offers its own names goes on doing so. */
    TlsClientConfig offeredBy(TlsClientConfig config) {
        if (!config.alpn().isEmpty() || this == HTTP_1_1) {
            return config;
        }
        return this == HTTP_2 ? config.withAlpn("h2") : config.withAlpn("h2", "http/1.1");
    }
}
