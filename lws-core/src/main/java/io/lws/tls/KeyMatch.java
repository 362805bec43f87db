package io.lws.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/** Whether a private key and a certificate belong together, found out by signing something. */
final class KeyMatch {
    private static final byte[] PROBE = {1, 2, 3, 4};

    private KeyMatch() {}

    /** @throws IllegalArgumentException beginning with {@code name} where they do not */
    static void require(PrivateKey key, List<X509Certificate> chain, String name) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException(name + ": no certificate");
        }
        PublicKey publicKey = chain.get(0).getPublicKey();
        if (!sameKind(key.getAlgorithm(), publicKey.getAlgorithm())) {
            throw new IllegalArgumentException(
                    name + ": the key is " + key.getAlgorithm() + ", the certificate's is " + publicKey.getAlgorithm());
        }
        try {
            if (!matches(key, publicKey)) {
                throw new IllegalArgumentException(name + ": the key does not belong to the certificate");
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(name + ": the key cannot sign: " + e.getMessage(), e);
        }
    }

    private static boolean sameKind(String one, String other) {
        return one.equals(other) || (one.startsWith("Ed") && other.startsWith("Ed"));
    }

    private static boolean matches(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        String algorithm = algorithm(key.getAlgorithm());
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(PROBE);
        byte[] signature = signer.sign();
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(publicKey);
        verifier.update(PROBE);
        return verifier.verify(signature);
    }

    private static String algorithm(String keyAlgorithm) {
        return switch (keyAlgorithm) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> keyAlgorithm;
        };
    }
}
