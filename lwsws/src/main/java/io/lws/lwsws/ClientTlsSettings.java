package io.lws.lwsws;

import io.lws.tls.KeyMaterial;
import io.lws.tls.TlsClientConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The keys of a vhost that are about TLS of the connections it makes, such as those of a proxied mount. */
final class ClientTlsSettings {
    private final Path base;
    private @Nullable Value certificate;
    private @Nullable Value key;
    private @Nullable Value ca;
    private @Nullable Value ciphers;
    private @Nullable Value tls13Ciphers;
    private @Nullable TlsClientConfig config;

    ClientTlsSettings(Path base) {
        this.base = base;
    }

    /** Puts its keys into the table of the vhost's. */
    static <T> KeyTable.Builder<T> keys(KeyTable.Builder<T> table, Function<T, ClientTlsSettings> of) {
        return table.key("client-ssl-cert", (vhost, value) -> of.apply(vhost).certificate = value)
                .key("client-ssl-key", (vhost, value) -> of.apply(vhost).key = value)
                .key("client-ssl-ca", (vhost, value) -> of.apply(vhost).ca = value)
                .key("client-ssl-ciphers", (vhost, value) -> of.apply(vhost).ciphers = value)
                .key("client-tls13-ciphers", (vhost, value) -> of.apply(vhost).tls13Ciphers = value)
                .withoutEffect("TLS needs no preparation for connections that are made", "enable-client-ssl")
                .withoutEffect("the curves of connections that are made are the JDK's", "client-ecdh-curve")
                .withoutEffect("OpenSSL is not used", "ssl-client-option-set", "ssl-client-option-clear");
    }

    /** Checks what takes several keys to check, and reads the files. */
    void settle() {
        Value first = List.of(
                        Optional.ofNullable(certificate),
                        Optional.ofNullable(key),
                        Optional.ofNullable(ca),
                        Optional.ofNullable(ciphers),
                        Optional.ofNullable(tls13Ciphers))
                .stream()
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
        if (first == null) {
            return;
        }
        TlsClientConfig.Builder tls = TlsClientConfig.builder();
        boolean checking = withCa(tls);
        boolean certified = withCertificate(tls); // asked in any case: all problems are told at once
        if (checking && certified) {
            withSuites(tls);
            config = first.tried(tls::build).orElse(null);
        }
    }

    private boolean withCa(TlsClientConfig.Builder tls) {
        Value from = ca;
        if (from == null) {
            return true;
        }
        Path file = Paths.path(from, base);
        return file != null
                && Paths.isFile(from, file)
                && from.tried(() -> tls.ca(file)).isPresent();
    }

    private boolean withCertificate(TlsClientConfig.Builder tls) {
        Value from = certificate;
        if (from == null) {
            if (key != null) {
                key.problemAtKey("there is no client-ssl-cert it could belong to");
            }
            return key == null;
        }
        Path chain = Paths.path(from, base);
        Path keyFile = key == null ? chain : Paths.path(key, base);
        return chain != null
                && keyFile != null
                && Paths.isFile(from, chain)
                && (key == null || Paths.isFile(key, keyFile))
                && from.tried(() -> tls.key(KeyMaterial.files(chain, keyFile))).isPresent();
    }

    private void withSuites(TlsClientConfig.Builder tls) {
        if (ciphers != null || tls13Ciphers != null) {
            List<String> suites = new ArrayList<>(TlsSettings.suites(tls13Ciphers, CipherNames.TLS_13));
            suites.addAll(TlsSettings.suites(ciphers, CipherNames.TLS_12));
            tls.cipherSuites(suites.toArray(new String[0]));
        }
    }

    /** {@code null} where nothing is said of it, and after problems. */
    @Nullable
    TlsClientConfig config() {
        return config;
    }
}
