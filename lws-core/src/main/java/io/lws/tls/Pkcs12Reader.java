package io.lws.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The first private key of a PKCS#12 store, and its chain. */
final class Pkcs12Reader {
    record Entry(PrivateKey key, List<X509Certificate> chain) {}

    private Pkcs12Reader() {}

    static Entry read(Bytes from, char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(from.content()), password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password) instanceof PrivateKey key) {
                    return new Entry(key, chain(store.getCertificateChain(alias)));
                }
            }
        } catch (IOException e) {
            boolean wrong = e.getCause() instanceof UnrecoverableKeyException;
            throw from.bad(wrong ? "the password does not open the store" : "is no PKCS#12 store", e);
        } catch (GeneralSecurityException e) {
            throw from.bad("the store cannot be used", e);
        }
        throw from.bad("holds no private key", null);
    }

    private static List<X509Certificate> chain(Certificate[] certificates) {
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate each : certificates) {
            chain.add((X509Certificate) each);
        }
        return chain;
    }
}
