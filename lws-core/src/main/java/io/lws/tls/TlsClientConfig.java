package io.lws.tls;

import io.lws.VhostOption;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * TLS of connections this side makes: whom to trust, what to show, what to offer. Immutable, any thread. Sessions for
 * resumption belong to the instance: connections made with one resume each other's sessions, others do not.
 *
 * <p>By default the platform's CAs are trusted, the host's name and the validity are checked, and nothing is shown.
 */
public final class TlsClientConfig implements VhostOption {
    /** Trusts what the platform trusts. */
    public static final TlsClientConfig DEFAULT = builder().build();

    /** A check to be left out; each is a hole, none implies another. */
    public enum Relaxation {
        /** A certificate that is its own issuer is as good as one signed by a trusted CA. */
        SELF_SIGNED,
        /** The certificate may be for another host. */
        HOST_NAME,
        /** The certificate may have expired, or not be valid yet. */
        EXPIRED
    }

    private final Builder from;
    private final Map<List<String>, TlsClientConfig> offering = new ConcurrentHashMap<>();
    private final List<X509Certificate> cas;
    private final List<KeyMaterial> keys;
    private final Set<String> pins;
    private volatile @Nullable TlsClientContext context;

    private TlsClientConfig(Builder builder) {
        from = builder;
        cas = List.copyOf(builder.cas);
        keys = List.copyOf(builder.keys);
        pins = Set.copyOf(builder.pins);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What is trusted instead of the platform's CAs; empty = those. */
    public List<X509Certificate> cas() {
        return cas;
    }

    public List<KeyMaterial> keys() {
        return keys;
    }

    /** SHA-256 of trusted public keys, in lower-case hex. */
    public Set<String> pins() {
        return pins;
    }

    public Set<Relaxation> relaxations() {
        return Set.copyOf(from.relaxations);
    }

    /** This with other names to offer by ALPN; the same each time, with sessions of its own. */
    public TlsClientConfig withAlpn(String... names) {
        return offering.computeIfAbsent(
                List.of(names), key -> from.copy().alpn(names).build());
    }

    public List<String> alpn() {
        return from.alpn;
    }

    public int sessionCacheSize() {
        return from.sessionCacheSize;
    }

    public Duration sessionLifetime() {
        return from.sessionLifetime;
    }

    public TlsTasks tasks() {
        return from.tasks;
    }

    TlsPolicy policy() {
        return from.policy;
    }

    /** Made at the first connection: reading the platform's CAs takes a while. */
    TlsClientContext context() {
        TlsClientContext made = context;
        if (made == null) {
            synchronized (this) {
                made = context;
                if (made == null) {
                    made = new TlsClientContext(this);
                    context = made;
                }
            }
        }
        return made;
    }

    /** Every call may be left out. One thread. */
    public static final class Builder {
        private static final int SHA_256_BYTES = 32;

        private final List<X509Certificate> cas = new ArrayList<>(1);
        private final List<KeyMaterial> keys = new ArrayList<>(1);
        private final List<String> pins = new ArrayList<>(1);
        private final Set<Relaxation> relaxations = EnumSet.noneOf(Relaxation.class);
        private TlsPolicy policy = TlsPolicy.DEFAULT;
        private List<String> alpn = List.of();
        private int sessionCacheSize = 64;
        private Duration sessionLifetime = Duration.ofMinutes(5);
        private TlsTasks tasks = TlsTasks.OFF_LOOP;

        private Builder() {}

        /** Trusts the certificates in a PEM or DER file, and no longer the platform's. */
        public Builder ca(Path file) {
            cas.addAll(CertificateReader.chain(Bytes.of(file)));
            return this;
        }

        public Builder ca(X509Certificate certificate) {
            cas.add(certificate);
            return this;
        }

        /**
         * Trusts a server by its public key, the SHA-256 of its SubjectPublicKeyInfo in hex, whoever signed it. Once there
         * is a pin, no CA is trusted; host name and validity are still checked.
         */
        public Builder pin(String spkiSha256Hex) {
            String hex = spkiSha256Hex.replace(":", "").toLowerCase(Locale.ROOT);
            if (HexFormat.of().parseHex(hex).length != SHA_256_BYTES) {
                throw new IllegalArgumentException("a pin is a SHA-256, 64 hex digits");
            }
            pins.add(hex);
            return this;
        }

        /** Shows this to servers that ask for a certificate. */
        public Builder key(KeyMaterial material) {
            keys.add(material);
            return this;
        }

        public Builder relax(Relaxation relaxation) {
            relaxations.add(relaxation);
            return this;
        }

        public Builder alpn(String... names) {
            alpn = List.of(names);
            return this;
        }

        public Builder protocols(String... names) {
            policy = policy.withProtocols(List.of(names));
            return this;
        }

        public Builder cipherSuites(String... names) {
            policy = policy.withCipherSuites(List.of(names));
            return this;
        }

        /** As {@link TlsConfig.Builder#groups}. */
        public Builder groups(String... names) {
            policy = policy.withGroups(List.of(names));
            return this;
        }

        /** As {@link TlsConfig.Builder#provider}. */
        public Builder provider(String name) {
            policy = policy.withProvider(name);
            return this;
        }

        /** Sessions remembered, over all hosts; at least 1. */
        public Builder sessionCacheSize(int sessions) {
            sessionCacheSize = TlsPolicy.requireSessions(sessions);
            return this;
        }

        /** How long a session may be resumed: from a second to seven days (RFC 8446 §4.6.1). */
        public Builder sessionLifetime(Duration value) {
            sessionLifetime = TlsPolicy.requireLifetime(value);
            return this;
        }

        public Builder tasks(TlsTasks value) {
            tasks = value;
            return this;
        }

        public TlsClientConfig build() {
            return new TlsClientConfig(copy());
        }

        private Builder copy() {
            Builder copy = new Builder();
            copy.cas.addAll(cas);
            copy.keys.addAll(keys);
            copy.pins.addAll(pins);
            copy.relaxations.addAll(relaxations);
            copy.policy = policy;
            copy.alpn = alpn;
            copy.sessionCacheSize = sessionCacheSize;
            copy.sessionLifetime = sessionLifetime;
            copy.tasks = tasks;
            return copy;
        }
    }
}
