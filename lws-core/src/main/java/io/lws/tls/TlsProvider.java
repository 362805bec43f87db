package io.lws.tls;

import java.lang.reflect.Method;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/**
 * Where engines come from, by name: {@code JDK}, {@code BouncyCastle}, {@code Conscrypt}, or the name of a provider
 * registered with {@link Security}. What is not on the class path is refused by name; nothing is registered anywhere.
 */
final class TlsProvider {
    private static final String BOUNCY_CASTLE = "org.bouncycastle.jsse.provider.BouncyCastleJsseProvider";
    private static final String CONSCRYPT = "org.conscrypt";

    private final String name;
    private final Provider provider;
    /** Conscrypt works on native memory and copies arrays; the others work on arrays and copy native memory. */
    private final boolean direct;

    private final @Nullable Method ticketSwitch;

    private TlsProvider(String name, Provider provider, @Nullable Method ticketSwitch) {
        this.name = name;
        this.provider = provider;
        this.ticketSwitch = ticketSwitch;
        this.direct = ticketSwitch != null;
    }

    private static final class Jdk {
        static final TlsProvider INSTANCE = new TlsProvider("JDK", jdk(), null);

        private static Provider jdk() {
            try {
                Provider found = Security.getProvider("SunJSSE");
                return found != null ? found : SSLContext.getInstance("TLS").getProvider();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JVM has no TLS", e);
            }
        }
    }

    private static final class BouncyCastle {
        static final TlsProvider INSTANCE =
                new TlsProvider("BouncyCastle", load("BouncyCastle", BOUNCY_CASTLE, new BouncyCastleProvider()), null);
    }

    private static final class Conscrypt {
        static final TlsProvider INSTANCE =
                new TlsProvider("Conscrypt", load("Conscrypt", CONSCRYPT + ".OpenSSLProvider"), ticketSwitch());

        private static Method ticketSwitch() {
            try {
                return Class.forName(CONSCRYPT + ".Conscrypt")
                        .getMethod("setUseSessionTickets", SSLEngine.class, boolean.class);
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException("this version of Conscrypt is not known", e);
            }
        }
    }

    /** @throws IllegalArgumentException where there is none of that name */
    static TlsProvider named(String name) {
        try {
            switch (name.toLowerCase(Locale.ROOT)) {
                case "jdk", "sunjsse", "":
                    return Jdk.INSTANCE;
                case "bouncycastle", "bcjsse", "bc":
                    return BouncyCastle.INSTANCE;
                case "conscrypt":
                    return Conscrypt.INSTANCE;
                default:
                    return registered(name);
            }
        } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
            throw new IllegalArgumentException("TLS provider " + name + " is not on the class path", e);
        }
    }

    private static TlsProvider registered(String name) {
        Provider provider = Security.getProvider(name);
        if (provider == null) {
            throw new IllegalArgumentException("no TLS provider is called " + name);
        }
        return new TlsProvider(name, provider, null);
    }

    private static Provider load(String name, String className, Object... arguments) {
        try {
            Class<?> type = Class.forName(className);
            Class<?>[] types = arguments.length == 0 ? new Class<?>[0] : new Class<?>[] {Provider.class};
            return (Provider) type.getConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalArgumentException("TLS provider " + name + " is not on the class path: " + e, e);
        }
    }

    /** The names among {@code JDK}, {@code BouncyCastle} and {@code Conscrypt} that can be used in this process. */
    static List<String> present() {
        return List.of("JDK", "BouncyCastle", "Conscrypt").stream()
                .filter(TlsProvider::isPresent)
                .toList();
    }

    private static boolean isPresent(String name) {
        try {
            named(name);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** An engine of {@code context}; Conscrypt issues no tickets unless told to. */
    SSLEngine prepared(SSLEngine engine) {
        if (ticketSwitch != null) {
            try {
                ticketSwitch.invoke(null, engine, true);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("provider " + name + " cannot use session tickets", e);
            }
        }
        return engine;
    }

    /** Conscrypt knows one certificate per engine and would take the last it is offered. */
    List<KeyMaterial> usable(List<KeyMaterial> keys) {
        return ticketSwitch == null ? keys : keys.subList(0, 1);
    }

    /** Conscrypt translates a key of another provider anew for each handshake, unless it has been given its own. */
    PrivateKey preferred(PrivateKey key) {
        if (ticketSwitch == null) {
            return key;
        }
        try {
            return KeyFactory.getInstance(key.getAlgorithm(), provider)
                    .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
        } catch (GeneralSecurityException | RuntimeException e) {
            // a key of a kind it does not know, or one that does not leave its device: as it is
            return key;
        }
    }

    SSLContext newContext() {
        try {
            return SSLContext.getInstance("TLS", provider);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("provider " + name + " has no TLS", e);
        }
    }

    boolean wantsDirectBuffers() {
        return direct;
    }

    @Override
    public String toString() {
        return name;
    }
}
