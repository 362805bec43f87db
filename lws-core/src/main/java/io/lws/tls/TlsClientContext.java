package io.lws.tls;

import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** The engines and sessions of one {@link TlsClientConfig}. Any thread. */
final class TlsClientContext {
    private final TlsClientConfig config;
    private final TlsProvider provider;
    private final SSLContext ssl;

    TlsClientContext(TlsClientConfig config) {
        this.config = config;
        provider = TlsProvider.named(config.policy().provider());
        ssl = provider.newContext();
        KeyManager[] keys = config.keys().isEmpty()
                ? new KeyManager[0]
                : new KeyManager[] {new KeyChoice(config.keys(), provider::preferred)};
        try {
            ssl.init(keys, new TrustManager[] {ServerTrust.of(config)}, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("provider " + provider + ": " + e.getMessage(), e);
        }
        ssl.getClientSessionContext().setSessionCacheSize(config.sessionCacheSize());
        ssl.getClientSessionContext()
                .setSessionTimeout((int) config.sessionLifetime().toSeconds());
    }

    boolean wantsDirectBuffers() {
        return provider.wantsDirectBuffers();
    }

    /** A client's engine; sessions are remembered by {@code host} and {@code port}. */
    SSLEngine engine(String host, int port) {
        SSLEngine engine = provider.prepared(ssl.createSSLEngine(host, port));
        engine.setUseClientMode(true);
        SSLParameters parameters = config.policy().parameters(ssl);
        parameters.setServerNames(serverNames(host));
        if (!config.alpn().isEmpty()) {
            parameters.setApplicationProtocols(config.alpn().toArray(new String[0]));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /**
     * Without a dot at its end (RFC 6066 3). None for an address, and for what is no host name to the platform, such as one
     * with an underscore: its own clients ask without a name then, too.
     */
    private static List<SNIServerName> serverNames(String host) {
        if (HostNames.isAddress(host)) {
            return List.of();
        }
        try {
            return List.of(new SNIHostName(HostNames.withoutFinalDot(host)));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }
}
