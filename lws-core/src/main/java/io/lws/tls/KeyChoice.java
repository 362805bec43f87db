package io.lws.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Gives engines the certificate that fits the kind of key they ask for. Any thread. */
final class KeyChoice extends X509ExtendedKeyManager {
    private final KeyMaterial[] keys;
    private final PrivateKey[] forms;

    KeyChoice(List<KeyMaterial> keys) {
        this(keys, key -> key);
    }

    /** {@code form} gives a private key as the engines like it best. */
    KeyChoice(List<KeyMaterial> keys, UnaryOperator<PrivateKey> form) {
        this.keys = keys.toArray(new KeyMaterial[0]);
        this.forms = keys.stream().map(KeyMaterial::key).map(form).toArray(PrivateKey[]::new);
    }

    /** The alias of a key is its index. */
    private @Nullable String choose(String keyType) {
        for (int i = 0; i < keys.length; i++) {
            if (fits(keyType, keys[i].key().getAlgorithm())) {
                return Integer.toString(i);
            }
        }
        return null;
    }

    /** Providers ask for {@code EC}, {@code ECDHE_ECDSA}, {@code RSASSA-PSS}, {@code ECDHE_RSA}, {@code EdDSA} ... */
    private static boolean fits(String keyType, String algorithm) {
        String type = keyType.toUpperCase(Locale.ROOT);
        return switch (algorithm) {
            case "RSA" -> type.equals("RSA") || type.endsWith("_RSA") || type.equals("RSASSA-PSS");
            case "EC" -> type.startsWith("EC") && !type.endsWith("RSA");
            default ->
                type.equals(algorithm.toUpperCase(Locale.ROOT))
                        || (type.startsWith("ED") && algorithm.startsWith("Ed"));
        };
    }

    private @Nullable String chooseFirst(String[] keyTypes) {
        for (String each : keyTypes) {
            String alias = choose(each);
            if (alias != null) {
                return alias;
            }
        }
        return null;
    }

    private @Nullable KeyMaterial key(@Nullable String alias) {
        return alias == null ? null : keys[Integer.parseInt(alias)];
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose(keyType);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return chooseFirst(keyTypes);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(keyType);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseFirst(keyTypes);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = choose(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return getServerAliases(keyType, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        KeyMaterial found = key(alias);
        return found == null ? null : found.chain().toArray(new X509Certificate[0]);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
        return alias == null ? null : forms[Integer.parseInt(alias)];
    }
}
