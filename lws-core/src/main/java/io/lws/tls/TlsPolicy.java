package io.lws.tls;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * What servers and clients both choose: versions, cipher suites, groups, provider. The defaults are TLS 1.3 and 1.2 with
 * forward secrecy and authenticated encryption only, and the provider's own groups.
 */
record TlsPolicy(String provider, List<String> protocols, List<String> cipherSuites, List<String> groups) {
    private static final Set<String> REFUSED = Set.of("SSL", "SSLv2", "SSLv2Hello", "SSLv3", "TLSv1", "TLSv1.1");

    private static final Duration MAX_SESSION_LIFETIME = Duration.ofDays(7);
    static final TlsPolicy DEFAULT = new TlsPolicy(
            "JDK",
            List.of("TLSv1.3", "TLSv1.2"),
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
            List.of());

    TlsPolicy {
        protocols = List.copyOf(protocols);
        cipherSuites = List.copyOf(cipherSuites);
        groups = List.copyOf(groups);
        for (String each : protocols) {
            if (REFUSED.contains(each)) {
                throw new IllegalArgumentException(each + " is broken and not offered; use TLSv1.2 or TLSv1.3");
            }
        }
    }

    /** To the platform 0 means no bound. */
    static int requireSessions(int sessions) {
        if (sessions < 1) {
            throw new IllegalArgumentException("sessionCacheSize must be above 0, not " + sessions);
        }
        return sessions;
    }

    static Duration requireLifetime(Duration value) {
        if (value.toSeconds() < 1 || value.compareTo(MAX_SESSION_LIFETIME) > 0) {
            throw new IllegalArgumentException("sessionLifetime must be 1 s to 7 days, not " + value);
        }
        return value;
    }

    TlsPolicy withProvider(String name) {
        return new TlsPolicy(name, protocols, cipherSuites, groups);
    }

    TlsPolicy withProtocols(List<String> names) {
        return new TlsPolicy(provider, names, cipherSuites, groups);
    }

    TlsPolicy withCipherSuites(List<String> names) {
        return new TlsPolicy(provider, protocols, names, groups);
    }

    TlsPolicy withGroups(List<String> names) {
        return new TlsPolicy(provider, protocols, cipherSuites, names);
    }

    /**
     * The settings of every engine of {@code context}. A default suite the provider lacks is left out; one asked for is
     * refused by name.
     */
    SSLParameters parameters(SSLContext context) {
        SSLParameters parameters = new SSLParameters();
        Set<String> protocolsThere = Set.of(context.getSupportedSSLParameters().getProtocols());
        for (String each : protocols) {
            requireKnown("protocol version", each, protocolsThere);
        }
        parameters.setProtocols(protocols.toArray(new String[0]));
        parameters.setCipherSuites(
                suites(Set.of(context.getSupportedSSLParameters().getCipherSuites())));
        parameters.setUseCipherSuitesOrder(true);
        if (!groups.isEmpty()) {
            setGroups(parameters);
        }
        return parameters;
    }

    private String[] suites(Set<String> there) {
        List<String> chosen = new ArrayList<>();
        for (String each : cipherSuites) {
            if (there.contains(each)) {
                chosen.add(each);
            } else if (!cipherSuites.equals(DEFAULT.cipherSuites)) {
                requireKnown("cipher suite", each, there);
            }
        }
        return chosen.toArray(new String[0]);
    }

    private void requireKnown(String what, String name, Set<String> there) {
        if (!there.contains(name)) {
            throw new IllegalArgumentException("provider " + provider + " has no " + what + " " + name);
        }
    }

    /** A setter the platform has since JDK 20 only. */
    private void setGroups(SSLParameters parameters) {
        try {
            SSLParameters.class.getMethod("setNamedGroups", String[].class).invoke(parameters, (Object)
                    groups.toArray(new String[0]));
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(
                    "choosing groups per vhost needs JDK 20 or newer; on this one the system"
                            + " property jdk.tls.namedGroups sets them for the whole process",
                    e);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException("groups " + groups + " were refused: " + e.getCause(), e);
        }
    }
}
