package io.lws.tls;

import io.lws.VhostOption;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * TLS of a vhost that serves: certificates, policy and what goes with them. Immutable, any thread; files are read while
 * it is built.
 *
 * <p>Defaults: TLS 1.3 and 1.2, forward-secret AEAD suites, no client certificates, ALPN from the roles the vhost can be
 * served by, plain text refused, delegated work off the loop, the JDK's engine.
 */
public final class TlsConfig implements VhostOption {
    private final Builder from;
    private final List<KeyMaterial> keys;
    private final List<X509Certificate> clientCas;

    private TlsConfig(Builder builder) {
        from = builder;
        keys = List.copyOf(builder.keys);
        clientCas = List.copyOf(builder.clientCas);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("TLS needs a certificate and its key");
        }
        if (from.clientAuth != ClientAuth.NONE && clientCas.isEmpty()) {
            throw new IllegalArgumentException("asking for client certificates needs a CA to check them by");
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The usual: one chain and one key, from PEM or DER files. */
    public static TlsConfig of(Path chain, Path key) {
        return builder().certificate(chain, key).build();
    }

    /** {@link DevelopmentCertificate#cached} with every default. */
    public static TlsConfig development() {
        return builder().key(DevelopmentCertificate.cached()).build();
    }

    /** The same in everything but the certificates. */
    public TlsConfig withKeys(List<KeyMaterial> replacements) {
        Builder copy = from.copy();
        copy.keys.clear();
        copy.keys.addAll(replacements);
        return new TlsConfig(copy);
    }

    public List<KeyMaterial> keys() {
        return keys;
    }

    public ClientAuth clientAuth() {
        return from.clientAuth;
    }

    /** What client certificates are checked by. */
    public List<X509Certificate> clientCas() {
        return clientCas;
    }

    /** What is offered, in the order of preference; {@code null} = what the roles say. */
    public @Nullable List<String> alpn() {
        return from.alpn;
    }

    public int sessionCacheSize() {
        return from.sessionCacheSize;
    }

    public Duration sessionLifetime() {
        return from.sessionLifetime;
    }

    public UnknownName unknownName() {
        return from.unknownName;
    }

    public PlainText plainText() {
        return from.plainText;
    }

    /** Value of the Strict-Transport-Security header http answers carry, or {@code null} for none. */
    public @Nullable String strictTransport() {
        return from.strictTransport;
    }

    public TlsTasks tasks() {
        return from.tasks;
    }

    /** How often certificate files are looked at for a newer version; zero = never. */
    public Duration watchInterval() {
        return from.watchInterval;
    }

    public @Nullable CertificateAging certificateAging() {
        return from.certificateAging;
    }

    /** Whether both let in the same clients in the same way, so that one vhost may stand in for the other. */
    boolean admitsLike(TlsConfig other) {
        return from.clientAuth == other.from.clientAuth
                && clientCas.equals(other.clientCas)
                && from.policy.equals(other.from.policy);
    }

    TlsPolicy policy() {
        return from.policy;
    }

    /** Every call may be left out but one of those that give a certificate. One thread. */
    public static final class Builder {
        private final List<KeyMaterial> keys = new ArrayList<>(2);
        private final List<X509Certificate> clientCas = new ArrayList<>(1);
        private ClientAuth clientAuth = ClientAuth.NONE;
        private TlsPolicy policy = TlsPolicy.DEFAULT;
        private @Nullable List<String> alpn;
        private int sessionCacheSize = 20_480;
        private Duration sessionLifetime = Duration.ofHours(2);
        private UnknownName unknownName = UnknownName.SERVE;
        private PlainText plainText = PlainText.REFUSE;
        private @Nullable String strictTransport;
        private TlsTasks tasks = TlsTasks.OFF_LOOP;
        private Duration watchInterval = Duration.ZERO;
        private @Nullable CertificateAging certificateAging;

        private Builder() {}

        private Builder copy() {
            Builder copy = new Builder();
            copy.keys.addAll(keys);
            copy.clientCas.addAll(clientCas);
            copy.clientAuth = clientAuth;
            copy.policy = policy;
            copy.alpn = alpn;
            copy.sessionCacheSize = sessionCacheSize;
            copy.sessionLifetime = sessionLifetime;
            copy.unknownName = unknownName;
            copy.plainText = plainText;
            copy.strictTransport = strictTransport;
            copy.tasks = tasks;
            copy.watchInterval = watchInterval;
            copy.certificateAging = certificateAging;
            return copy;
        }

        /**
         * Adds a certificate; with one RSA and one EC, each client is shown the one it can check. Conscrypt shows the
         * first alone.
         */
        public Builder key(KeyMaterial material) {
            keys.add(material);
            return this;
        }

        /** {@link KeyMaterial#files(Path, Path)}. */
        public Builder certificate(Path chain, Path key) {
            return key(KeyMaterial.files(chain, key));
        }

        /** {@link KeyMaterial#files(Path, Path, char[])}. */
        public Builder certificate(Path chain, Path key, char[] password) {
            return key(KeyMaterial.files(chain, key, password));
        }

        /** Asks clients for a certificate signed by one of {@link #clientCa}. */
        public Builder clientAuth(ClientAuth value) {
            clientAuth = value;
            return this;
        }

        /** Adds the certificates in a PEM or DER file to those client certificates are checked by. */
        public Builder clientCa(Path file) {
            clientCas.addAll(CertificateReader.chain(Bytes.of(file)));
            return this;
        }

        public Builder clientCa(X509Certificate ca) {
            clientCas.add(ca);
            return this;
        }

        /** {@code TLSv1.3} and {@code TLSv1.2}; older ones are refused. */
        public Builder protocols(String... names) {
            policy = policy.withProtocols(List.of(names));
            return this;
        }

        /** IANA names, the preferred first. The server's order counts. */
        public Builder cipherSuites(String... names) {
            policy = policy.withCipherSuites(List.of(names));
            return this;
        }

        /** Key agreement groups by their JSSE names, such as {@code x25519}; needs JDK 20 or newer. */
        public Builder groups(String... names) {
            policy = policy.withGroups(List.of(names));
            return this;
        }

        /** {@code JDK} (default), {@code BouncyCastle}, {@code Conscrypt}, or a provider registered with the platform. */
        public Builder provider(String name) {
            policy = policy.withProvider(name);
            return this;
        }

        /** Offers exactly these, the preferred first, instead of what the vhost's roles say; none = no ALPN. */
        public Builder alpn(String... names) {
            alpn = List.of(names);
            return this;
        }

        /** Sessions remembered for resumption; those in tickets, which clients keep, are not counted. */
        public Builder sessionCacheSize(int sessions) {
            sessionCacheSize = TlsPolicy.requireSessions(sessions);
            return this;
        }

        /** How long a session, in the cache or in a ticket, may be resumed; at most seven days (RFC 8446 §4.6.1). */
        public Builder sessionLifetime(Duration value) {
            sessionLifetime = TlsPolicy.requireLifetime(value);
            return this;
        }

        public Builder unknownName(UnknownName value) {
            unknownName = value;
            return this;
        }

        public Builder plainText(PlainText value) {
            plainText = value;
            return this;
        }

        /** Http answers tell browsers to use nothing but https for {@code maxAge} (RFC 6797). */
        public Builder strictTransport(Duration maxAge) {
            strictTransport = "max-age=" + maxAge.toSeconds();
            return this;
        }

        /** The whole value of the Strict-Transport-Security header. */
        public Builder strictTransport(String value) {
            if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                throw new IllegalArgumentException("strictTransport must be one line of ASCII");
            }
            strictTransport = value;
            return this;
        }

        public Builder tasks(TlsTasks value) {
            tasks = value;
            return this;
        }

        /** Looks that often whether certificate files have changed, and serves the new ones if they are good. */
        public Builder watchFiles(Duration interval) {
            watchInterval = interval;
            return this;
        }

        public Builder onCertAging(CertificateAging hook) {
            certificateAging = hook;
            return this;
        }

        public TlsConfig build() {
            return new TlsConfig(copy());
        }
    }
}
