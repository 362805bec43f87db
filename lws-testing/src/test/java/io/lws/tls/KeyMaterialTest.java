package io.lws.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyMaterialTest {
    private static final KeyMaterial EC = DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC);
    private static final KeyMaterial RSA = DevelopmentCertificate.make(DevelopmentCertificate.Kind.RSA);
    private static final char[] PASSWORD = "sesame".toCharArray();

    @TempDir
    Path directory;

    private static byte[] pem(Object... parts) throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object each : parts) {
                writer.writeObject(each);
            }
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static PemObjectGenerator pkcs8(KeyMaterial of) throws Exception {
        return new JcaPKCS8Generator(of.key(), null);
    }

    private static byte[] certificate(KeyMaterial of) throws Exception {
        return pem(of.leaf());
    }

    record Form(String name, KeyMaterial of, byte[] key, boolean encrypted) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Form> forms() throws Exception {
        var old = new JcePEMEncryptorBuilder("AES-128-CBC")
                .setProvider(new BouncyCastleProvider())
                .build(PASSWORD);
        Form oldRsa =
                new Form("RSA encrypted traditional PEM", RSA, pem(new JcaMiscPEMGenerator(RSA.key(), old)), true);
        return Stream.of(
                        forms("EC", EC, "EC PRIVATE KEY", sec1()),
                        forms("RSA", RSA, "RSA PRIVATE KEY", traditional(RSA)),
                        Stream.of(oldRsa))
                .flatMap(each -> each);
    }

    private static byte[] traditional(KeyMaterial of) throws IOException {
        return PrivateKeyInfo.getInstance(of.key().getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
    }

    /** As openssl writes it, with the curve inside. */
    private static byte[] sec1() throws IOException {
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(EC.key().getEncoded());
        var bare = org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(info.parsePrivateKey());
        return new org.bouncycastle.asn1.sec.ECPrivateKey(
                        256, bare.getKey(), info.getPrivateKeyAlgorithm().getParameters())
                .getEncoded();
    }

    private static Stream<Form> forms(String kind, KeyMaterial of, String label, byte[] traditional) throws Exception {
        var encryptor = new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                .setProvider(new BouncyCastleProvider())
                .setPassword(PASSWORD)
                .build();
        byte[] encrypted = new JcaPKCS8Generator(of.key(), encryptor).generate().getContent();
        return Stream.of(
                new Form(kind + " PKCS#8 PEM", of, pem(new JcaPKCS8Generator(of.key(), null)), false),
                new Form(kind + " PKCS#8 DER", of, of.key().getEncoded(), false),
                new Form(kind + " traditional PEM", of, pem(new PemObject(label, traditional)), false),
                new Form(kind + " traditional DER", of, traditional, false),
                new Form(kind + " encrypted PKCS#8 PEM", of, pem(new JcaPKCS8Generator(of.key(), encryptor)), true),
                new Form(kind + " encrypted PKCS#8 DER", of, encrypted, true));
    }

    /** The secret itself; encodings of the same key may differ. */
    private static BigInteger number(KeyMaterial of) {
        return of.key() instanceof ECPrivateKey ec ? ec.getS() : ((RSAPrivateKey) of.key()).getPrivateExponent();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void readsFromMemory(Form form) throws Exception {
        KeyMaterial read = KeyMaterial.memory(certificate(form.of), form.key, form.encrypted ? PASSWORD : null);
        assertEquals(number(form.of), number(read));
        assertEquals(form.of.chain(), read.chain());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void readsFromFiles(Form form) throws Exception {
        Path chain = Files.write(directory.resolve("chain"), form.of.leaf().getEncoded());
        Path key = Files.write(directory.resolve("key"), form.key);
        KeyMaterial read = form.encrypted ? KeyMaterial.files(chain, key, PASSWORD) : KeyMaterial.files(chain, key);
        assertEquals(number(form.of), number(read));
        assertEquals(java.util.List.of(chain, key), read.files());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void saysThatAPasswordIsWrongOrMissing(Form form) throws Exception {
        if (form.encrypted) {
            assertSays(
                    "memory: the key is encrypted and no password was given",
                    () -> KeyMaterial.memory(certificate(form.of), form.key, null));
            assertSays(
                    "memory: the password does not open the key",
                    () -> KeyMaterial.memory(certificate(form.of), form.key, "wrong".toCharArray()));
        }
    }

    private static void assertSays(String start, org.junit.jupiter.api.function.Executable action) {
        String message = assertThrows(IllegalArgumentException.class, action).getMessage();
        assertTrue(message.startsWith(start), message);
    }

    @Test
    void readsWhatItWrites() {
        byte[] pem = EC.toPem().getBytes(StandardCharsets.US_ASCII);
        assertEquals(EC.chain(), KeyMaterial.memory(pem, pem, null).chain());
    }

    @Test
    void readsChainAndKeyFromOneFile() throws Exception {
        Path file = Files.write(directory.resolve("both.pem"), pem(pkcs8(EC), EC.leaf(), RSA.leaf()));
        KeyMaterial read = KeyMaterial.files(file, file);
        assertEquals(java.util.List.of(EC.leaf(), RSA.leaf()), read.chain());
    }

    private static byte[] store(KeyMaterial of) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("it", of.key(), PASSWORD, of.chain().toArray(new X509Certificate[0]));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, PASSWORD);
        return out.toByteArray();
    }

    @Test
    void readsPkcs12() throws Exception {
        Path file = Files.write(directory.resolve("it.p12"), store(RSA));
        assertEquals(RSA.key(), KeyMaterial.pkcs12(file, PASSWORD).key());
        assertEquals(RSA.chain(), KeyMaterial.pkcs12(store(RSA), PASSWORD).chain());
        assertSays(
                file + ": the password does not open the store", () -> KeyMaterial.pkcs12(file, "wrong".toCharArray()));
        assertSays("memory: is no PKCS#12 store", () -> KeyMaterial.pkcs12(new byte[] {1, 2, 3}, PASSWORD));
    }

    @Test
    void namesTheFileAndWhatIsWrong() throws Exception {
        Path chain = Files.write(directory.resolve("chain.pem"), certificate(EC));
        Path key = Files.write(directory.resolve("key.pem"), pem(pkcs8(EC)));
        Path other = Files.write(directory.resolve("other.pem"), pem(pkcs8(RSA)));
        Path missing = directory.resolve("missing.pem");
        Path junk = Files.writeString(directory.resolve("junk"), "neither this nor that");
        Path damaged = Files.writeString(
                directory.resolve("damaged.pem"), Files.readString(key).replace("-----END", "----END"));
        assertSays(missing + ": no such file", () -> KeyMaterial.files(missing, key));
        assertSays(junk + ": is neither PEM nor DER", () -> KeyMaterial.files(chain, junk));
        assertSays(damaged + ": ", () -> KeyMaterial.files(chain, damaged));
        assertSays(chain + ": holds no private key", () -> KeyMaterial.files(chain, chain));
        assertSays(key + ": holds no certificate", () -> KeyMaterial.files(key, key));
        assertSays(
                other + " with " + chain + ": the key is RSA, the certificate's is EC",
                () -> KeyMaterial.files(chain, other));
        KeyMaterial stranger = DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC);
        Path foreign = Files.write(directory.resolve("foreign.pem"), pem(pkcs8(stranger)));
        assertSays(
                foreign + " with " + chain + ": the key does not belong to the certificate",
                () -> KeyMaterial.files(chain, foreign));
    }

    @Test
    void saysThatAnEcKeyLacksItsCurve() throws Exception {
        byte[] bare = traditional(EC);
        assertSays("memory: the EC key does not say its curve", () -> KeyMaterial.memory(certificate(EC), bare, null));
        byte[] pem = pem(new PemObject("EC PRIVATE KEY", bare));
        assertSays("memory: the EC key does not say its curve", () -> KeyMaterial.memory(certificate(EC), pem, null));
    }

    @Test
    void readsFilesAgain() throws Exception {
        Path file = Files.write(directory.resolve("both.pem"), pem(pkcs8(EC), EC.leaf()));
        KeyMaterial before = KeyMaterial.files(file, file);
        Files.write(file, pem(pkcs8(RSA), RSA.leaf()));
        assertEquals(RSA.leaf(), before.reload().leaf());
        assertEquals(EC.leaf(), before.leaf());
    }
}
