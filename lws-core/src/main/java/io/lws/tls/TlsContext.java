package io.lws.tls;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Certificates, keys and sessions that the connections of a vhost use together. Counted: the vhost holds it while it is
 * the current one, each connection from its ClientHello to its end; with the last of them it is gone. Any thread.
 */
final class TlsContext {
    private final TlsConfig config;
    private final TlsProvider provider;
    private final SSLContext ssl;
    private final Map<String, SSLParameters> parameters = new ConcurrentHashMap<>();
    /** One for the vhost; 0 = gone. */
    private final AtomicInteger holders = new AtomicInteger(1);

    private final Runnable onReleased;

    /** @throws IllegalArgumentException for what the provider cannot do */
    TlsContext(TlsConfig config, Runnable onReleased) {
        this.config = config;
        this.onReleased = onReleased;
        provider = TlsProvider.named(config.policy().provider());
        ssl = provider.newContext();
        try {
            ssl.init(
                    new KeyManager[] {new KeyChoice(provider.usable(config.keys()), provider::preferred)},
                    new TrustManager[] {ClientTrust.of(config.clientCas())},
                    null);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("provider " + provider + ": " + e.getMessage(), e);
        }
        ssl.getServerSessionContext().setSessionCacheSize(config.sessionCacheSize());
        ssl.getServerSessionContext()
                .setSessionTimeout((int) config.sessionLifetime().toSeconds());
        parameters.put("", newParameters(null));
    }

    TlsConfig config() {
        return config;
    }

    boolean wantsDirectBuffers() {
        return provider.wantsDirectBuffers();
    }

    /** A server's engine that agrees on {@code alpn}, or on none. */
    SSLEngine engine(@Nullable String alpn) {
        SSLEngine engine = provider.prepared(ssl.createSSLEngine());
        engine.setUseClientMode(false);
        engine.setSSLParameters(parameters.computeIfAbsent(alpn == null ? "" : alpn, key -> newParameters(alpn)));
        return engine;
    }

    private SSLParameters newParameters(@Nullable String alpn) {
        SSLParameters made = config.policy().parameters(ssl);
        switch (config.clientAuth()) {
            case REQUIRED:
                made.setNeedClientAuth(true);
                break;
            case OPTIONAL:
                made.setWantClientAuth(true);
                break;
            default:
                break;
        }
        if (alpn != null) {
            made.setApplicationProtocols(List.of(alpn).toArray(new String[0]));
        }
        return made;
    }

    /** One more holder; false when it is gone already. */
    boolean retain() {
        int before;
        do {
            before = holders.get();
            if (before == 0) {
                return false;
            }
        } while (!holders.compareAndSet(before, before + 1));
        return true;
    }

    void release() {
        if (holders.decrementAndGet() == 0) {
            onReleased.run();
        }
    }

    int holders() {
        return holders.get();
    }
}
