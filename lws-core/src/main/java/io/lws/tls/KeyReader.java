package io.lws.tls;

import java.io.IOException;
import java.io.StringReader;
import java.security.PrivateKey;
import java.security.Provider;
import org.bouncycastle.asn1.ASN1Null;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/** Private keys in the forms tools write them: PKCS#8, PKCS#1, SEC1, encrypted or not, PEM or DER. */
final class KeyReader {
    private KeyReader() {}

    /** {@code password} is used only where the key is encrypted. */
    static PrivateKey key(Bytes from, char @Nullable [] password) {
        try {
            PrivateKeyInfo info = from.isPem() ? pem(from, password) : der(from, password);
            if (lacksCurve(info)) {
                throw from.bad("the EC key does not say its curve", null);
            }
            return new JcaPEMKeyConverter().getPrivateKey(info);
        } catch (PEMException e) {
            throw from.bad("holds a key of a kind this JVM cannot use", e);
        }
    }

    private static PrivateKeyInfo pem(Bytes from, char @Nullable [] password) {
        try (PEMParser parser = new PEMParser(new StringReader(from.text()))) {
            Object each;
            while ((each = parser.readObject()) != null) {
                if (each instanceof PrivateKeyInfo plain) {
                    return plain;
                } else if (each instanceof PEMKeyPair pair) {
                    return pair.getPrivateKeyInfo();
                } else if (each instanceof PEMEncryptedKeyPair encrypted) {
                    return decrypt(from, encrypted, password);
                } else if (each instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
                    return decrypt(from, encrypted, password);
                }
            }
        } catch (IOException e) {
            throw from.bad("is damaged PEM", e);
        }
        throw from.bad("holds no private key", null);
    }

    private static PrivateKeyInfo decrypt(Bytes from, PEMEncryptedKeyPair key, char @Nullable [] password) {
        char[] secret = required(from, password);
        try {
            return key.decryptKeyPair(new JcePEMDecryptorProviderBuilder()
                            .setProvider(bouncyCastle())
                            .build(secret))
                    .getPrivateKeyInfo();
        } catch (IOException e) {
            throw from.bad("the password does not open the key", e);
        }
    }

    private static PrivateKeyInfo decrypt(Bytes from, PKCS8EncryptedPrivateKeyInfo key, char @Nullable [] password) {
        char[] secret = required(from, password);
        try {
            return key.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(bouncyCastle())
                    .build(secret));
        } catch (PKCSException | OperatorCreationException e) {
            throw from.bad("the password does not open the key", e);
        }
    }

    private static char[] required(Bytes from, char @Nullable [] password) {
        if (password == null) {
            throw from.bad("the key is encrypted and no password was given", null);
        }
        return password;
    }

    private static PrivateKeyInfo der(Bytes from, char @Nullable [] password) {
        ASN1Sequence sequence;
        try {
            sequence = ASN1Sequence.getInstance(from.content());
        } catch (IllegalArgumentException e) {
            throw from.bad("is neither PEM nor DER", e);
        }
        if (sequence.size() == 2 && sequence.getObjectAt(0) instanceof ASN1Sequence) {
            return decrypt(from, encrypted(from), password);
        }
        try {
            return derForm(sequence);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw from.bad("holds no private key", e);
        }
    }

    private static PKCS8EncryptedPrivateKeyInfo encrypted(Bytes from) {
        try {
            return new PKCS8EncryptedPrivateKeyInfo(from.content());
        } catch (IOException e) {
            throw from.bad("holds no private key", e);
        }
    }

    /** The forms differ in what follows the version: nothing but integers, an algorithm, or an octet string. */
    private static PrivateKeyInfo derForm(ASN1Sequence sequence) throws IOException {
        if (sequence.size() == 9) {
            AlgorithmIdentifier rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
            return new PrivateKeyInfo(rsa, RSAPrivateKey.getInstance(sequence));
        }
        if (sequence.size() > 1 && sequence.getObjectAt(1) instanceof ASN1Sequence) {
            return PrivateKeyInfo.getInstance(sequence);
        }
        return ec(ECPrivateKey.getInstance(sequence));
    }

    private static PrivateKeyInfo ec(ECPrivateKey key) throws IOException {
        return new PrivateKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()), key);
    }

    /** The curve stands in the algorithm's parameters; a SEC1 key that does not name it makes none. */
    private static boolean lacksCurve(PrivateKeyInfo info) {
        AlgorithmIdentifier algorithm = info.getPrivateKeyAlgorithm();
        return algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                && (algorithm.getParameters() == null || algorithm.getParameters() instanceof ASN1Null);
    }

    private static Provider bouncyCastle() {
        return new BouncyCastleProvider();
    }
}
