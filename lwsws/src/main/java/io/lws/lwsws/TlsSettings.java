package io.lws.lwsws;

import io.lws.spi.Role;
import io.lws.tls.ClientAuth;
import io.lws.tls.DevelopmentCertificate;
import io.lws.tls.PlainText;
import io.lws.tls.TlsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys of a vhost that are about TLS of what it serves. */
final class TlsSettings {
    private static final String STS = "max-age=15768000; includeSubDomains";
    private static final Duration LOOK_AT_FILES = Duration.ofMinutes(1);
    private static final int JAVA_WITH_GROUPS = 20;
    private static final long NO_TLS_12 = 0x08000000L;
    private static final long NO_TLS_13 = 0x20000000L;

    private final Path base;
    private @Nullable Value certificate;
    private @Nullable Value key;
    private @Nullable Value ca;
    private @Nullable Value ciphers;
    private @Nullable Value tls13Ciphers;
    private @Nullable Value curve;
    private @Nullable Value alpn;
    private @Nullable Value firstOther;
    private boolean clientCertificate;
    private boolean mayBeMissing;
    private boolean sts;
    private PlainText plainText = PlainText.REFUSE;
    private long optionsSet;
    private @Nullable TlsConfig config;

    TlsSettings(Path base) {
        this.base = base;
    }

    /** Puts its keys into the table of the vhost's. */
    static <T> KeyTable.Builder<T> keys(KeyTable.Builder<T> table, Function<T, TlsSettings> of) {
        return table.key("host-ssl-cert", (vhost, value) -> of.apply(vhost).certificate = value)
                .key(
                        "host-ssl-key",
                        (vhost, value) -> of.apply(vhost).key = of.apply(vhost).other(value))
                .key(
                        "host-ssl-ca",
                        (vhost, value) -> of.apply(vhost).ca = of.apply(vhost).other(value))
                .key(
                        "ciphers",
                        (vhost, value) ->
                                of.apply(vhost).ciphers = of.apply(vhost).other(value))
                .key(
                        "tls13-ciphers",
                        (vhost, value) ->
                                of.apply(vhost).tls13Ciphers = of.apply(vhost).other(value))
                .key(
                        "ecdh-curve",
                        (vhost, value) ->
                                of.apply(vhost).curve = of.apply(vhost).other(value))
                .key(
                        "alpn",
                        (vhost, value) -> of.apply(vhost).alpn = of.apply(vhost).other(value))
                .key("client-cert-required", (vhost, value) -> of.apply(vhost).clientCertificate(value))
                .key("ignore-missing-cert", (vhost, value) -> of.apply(vhost).mayBeMissing = value.flag())
                .key(
                        "sts",
                        (vhost, value) -> of.apply(vhost).sts =
                                of.apply(vhost).other(value).flag())
                .key("redirect-http", (vhost, value) -> of.apply(vhost).plain(value, PlainText.REDIRECT))
                .key("allow-http-on-https", (vhost, value) -> of.apply(vhost).plain(value, PlainText.ALLOW))
                .key("allow-non-tls", (vhost, value) -> of.apply(vhost).plain(value, PlainText.ALLOW))
                .repeatable("ssl-option-set", (vhost, value) -> of.apply(vhost).options(value))
                .repeatable(
                        "ssl-option-clear",
                        (vhost, value) -> value.note("has no effect here: none of OpenSSL's options is set"));
    }

    private Value other(Value value) {
        firstOther = firstOther == null ? value : firstOther;
        return value;
    }

    private void clientCertificate(Value value) {
        clientCertificate = other(value).flag();
    }

    private void plain(Value value, PlainText what) {
        // a redirect is the stricter wish, in whichever order they are written
        if (other(value).flag() && plainText != PlainText.REDIRECT) {
            plainText = what;
        }
    }

    private void options(Value value) {
        String text = other(value).text();
        try {
            optionsSet |= Long.decode(text == null ? "0" : text.trim());
        } catch (NumberFormatException e) {
            value.problem("is " + value.node().kind() + " where OpenSSL's option bits are wanted, as a number");
        }
        if ((optionsSet & ~(NO_TLS_12 | NO_TLS_13)) != 0) {
            value.note("has no effect here, but for the bits that say no to TLS 1.2 and 1.3: OpenSSL is not used");
        }
    }

    /** Checks what takes several keys to check, and reads the files. */
    void settle() {
        if (certificate == null) {
            if (key != null) {
                key.problemAtKey("there is no host-ssl-cert it could belong to");
            } else if (clientCertificate && firstOther != null) {
                firstOther.problemAtKey("client certificates are wanted, but there is no host-ssl-cert");
            } else if (firstOther != null) {
                firstOther.note("has no effect here: without host-ssl-cert there is no TLS");
            }
            return;
        }
        TlsConfig.Builder tls = TlsConfig.builder().watchFiles(LOOK_AT_FILES).plainText(plainText);
        boolean certified = withCertificate(tls, certificate);
        boolean checking = withClientCa(tls); // asked in any case: all problems are told at once
        if (!certified || !checking) {
            return;
        }
        withPolicy(tls);
        if (sts) {
            tls.strictTransport(STS);
        }
        config = certificate.tried(tls::build).orElse(null);
    }

    private boolean withCertificate(TlsConfig.Builder tls, Value chainValue) {
        Path chain = Paths.path(chainValue, base);
        Path keyFile = key == null ? chain : Paths.path(key, base);
        if (chain == null || keyFile == null) {
            return false;
        }
        if (mayBeMissing && !(Files.exists(chain) && Files.exists(keyFile))) {
            chainValue.note("there is no " + (Files.exists(chain) ? keyFile : chain)
                    + " yet; a certificate made on the spot stands in for it");
            tls.key(DevelopmentCertificate.localhost());
            return true;
        }
        // what is not there is told of both, and in the words of the rest
        boolean hasChain = Paths.isFile(chainValue, chain);
        boolean hasKey = key == null || Paths.isFile(key, keyFile);
        if (!hasChain || !hasKey) {
            return false;
        }
        return chainValue.tried(() -> tls.certificate(chain, keyFile)).isPresent();
    }

    private boolean withClientCa(TlsConfig.Builder tls) {
        Value from = ca;
        if (!clientCertificate) {
            if (from != null) {
                from.note("has no effect here: without client-cert-required nobody is asked for a certificate");
            }
            return true;
        }
        if (from == null) {
            if (firstOther != null) {
                firstOther.problemAtKey("client-cert-required needs host-ssl-ca, to check certificates by");
            }
            return false;
        }
        Path file = Paths.path(from, base);
        return file != null
                && Paths.isFile(from, file)
                && from.tried(() -> tls.clientCa(file).clientAuth(ClientAuth.REQUIRED))
                        .isPresent();
    }

    private void withPolicy(TlsConfig.Builder tls) {
        if (ciphers != null || tls13Ciphers != null) {
            List<String> suites = new ArrayList<>(suites(tls13Ciphers, CipherNames.TLS_13));
            suites.addAll(suites(ciphers, CipherNames.TLS_12));
            tls.cipherSuites(suites.toArray(new String[0]));
        }
        if ((optionsSet & NO_TLS_13) != 0) {
            tls.protocols("TLSv1.2");
        } else if ((optionsSet & NO_TLS_12) != 0) {
            tls.protocols("TLSv1.3");
        }
        withCurve(tls);
        withAlpn(tls);
    }

    /** The suites that {@code value} names and that can be offered, else the usual ones. */
    static List<String> suites(@Nullable Value value, List<String> usual) {
        String list = value == null ? null : value.nonEmptyText();
        if (value == null || list == null) {
            return usual;
        }
        List<String> others = new ArrayList<>();
        List<String> suites = CipherNames.suites(list, usual, others);
        if (!others.isEmpty()) {
            value.note("has no suite that is offered here: " + String.join(" ", others)
                    + (usual.containsAll(suites) && suites.size() == usual.size()
                            ? "; the usual ones are offered"
                            : ""));
        }
        if (suites.isEmpty()) {
            value.problem("leaves no suite that is offered here");
        }
        return suites;
    }

    private void withCurve(TlsConfig.Builder tls) {
        String name = curve == null ? null : curve.nonEmptyText();
        if (curve == null || name == null) {
            return;
        }
        if (Runtime.version().feature() < JAVA_WITH_GROUPS) {
            curve.note("has no effect here: before Java " + JAVA_WITH_GROUPS + " nobody can choose curves");
        } else {
            tls.groups(CipherNames.group(name));
        }
    }

    private void withAlpn(TlsConfig.Builder tls) {
        String list = alpn == null ? null : alpn.nonEmptyText();
        if (alpn == null || list == null) {
            return;
        }
        Set<String> spoken = ServiceLoader.load(Role.class, Role.class.getClassLoader()).stream()
                .flatMap(each -> each.get().alpn().stream())
                .collect(Collectors.toSet());
        List<String> names = new ArrayList<>(List.of(list.trim().split("[,; ]+")));
        List<String> others = new ArrayList<>(names);
        others.removeAll(spoken);
        names.retainAll(spoken);
        if (!others.isEmpty()) {
            alpn.note("offers what is not spoken here: " + String.join(" ", others));
        }
        tls.alpn(names.toArray(new String[0]));
    }

    /** Uses {@code value} for ALPN where the vhost says nothing of it. */
    void alpnUnlessGiven(@Nullable Value value) {
        alpn = alpn == null ? value : alpn;
    }

    /** Whether there is a key that asks for it, well or not. */
    boolean isWanted() {
        return certificate != null;
    }

    /** {@code null} for plain text, and after problems. */
    @Nullable
    TlsConfig config() {
        return config;
    }
}
