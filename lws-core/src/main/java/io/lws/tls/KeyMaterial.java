package io.lws.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.jspecify.annotations.Nullable;

/**
 * A private key and the certificate chain that goes with it, leaf first. Immutable, any thread.
 *
 * <p>Every way of making one throws {@link IllegalArgumentException} that names the file (or "memory") and what is wrong
 * with it: unreadable, not what it should be, a wrong password, a key that does not belong to the certificate.
 */
public final class KeyMaterial {
    private final PrivateKey key;
    private final List<X509Certificate> chain;
    private final List<Path> files;
    private final @Nullable Supplier<KeyMaterial> source;

    private KeyMaterial(Source from, @Nullable Supplier<KeyMaterial> source) {
        this.key = from.key;
        this.chain = List.copyOf(from.chain);
        this.files = from.files;
        this.source = source;
        KeyMatch.require(key, chain, from.name);
    }

    private record Source(String name, PrivateKey key, List<X509Certificate> chain, List<Path> files) {}

    /**
     * Reads a chain and a key from files, which may be PEM or DER, and may be the same file. Keys: PKCS#8, PKCS#1, SEC1.
     */
    public static KeyMaterial files(Path chain, Path key) {
        return load(chain, key, null);
    }

    /** As {@link #files(Path, Path)} with the password of an encrypted key; the array is copied. */
    public static KeyMaterial files(Path chain, Path key, char[] password) {
        return load(chain, key, password.clone());
    }

    private static KeyMaterial load(Path chain, Path key, char @Nullable [] password) {
        Source from = new Source(
                chain.equals(key) ? key.toString() : key + " with " + chain,
                KeyReader.key(Bytes.of(key), password),
                CertificateReader.chain(Bytes.of(chain)),
                chain.equals(key) ? List.of(key) : List.of(chain, key));
        return new KeyMaterial(from, () -> load(chain, key, password));
    }

    /** Chain and key as PEM or DER in memory. {@code password} is for an encrypted key. */
    public static KeyMaterial memory(byte[] chain, byte[] key, char @Nullable [] password) {
        PrivateKey privateKey = KeyReader.key(Bytes.memory(key), password);
        return new KeyMaterial(
                new Source("memory", privateKey, CertificateReader.chain(Bytes.memory(chain)), List.of()), null);
    }

    /** The first entry with a key of a PKCS#12 file. */
    public static KeyMaterial pkcs12(Path file, char[] password) {
        char[] secret = password.clone();
        Pkcs12Reader.Entry entry = Pkcs12Reader.read(Bytes.of(file), secret);
        Source from = new Source(file.toString(), entry.key(), entry.chain(), List.of(file));
        return new KeyMaterial(from, () -> pkcs12(file, secret));
    }

    /** A PKCS#12 store in memory. */
    public static KeyMaterial pkcs12(byte[] store, char[] password) {
        Pkcs12Reader.Entry entry = Pkcs12Reader.read(Bytes.memory(store), password);
        return new KeyMaterial(new Source("memory", entry.key(), entry.chain(), List.of()), null);
    }

    /** What was made or read elsewhere. */
    public static KeyMaterial of(PrivateKey key, List<X509Certificate> chain) {
        return new KeyMaterial(new Source("memory", key, chain, List.of()), null);
    }

    public PrivateKey key() {
        return key;
    }

    /** Leaf first; never empty. */
    public List<X509Certificate> chain() {
        return chain;
    }

    public X509Certificate leaf() {
        return chain.get(0);
    }

    /** The files this was read from; empty for memory. */
    public List<Path> files() {
        return files;
    }

    /** The same files, read again; this itself where there are none. Fails like the factory that made this. */
    public KeyMaterial reload() {
        return source == null ? this : source.get();
    }

    /** Key (PKCS#8, not encrypted) and chain as PEM text, which {@link #files} reads. Whoever has it has the key. */
    public String toPem() {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(new JcaPKCS8Generator(key, null));
            for (X509Certificate each : chain) {
                writer.writeObject(each);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the key cannot be encoded: " + e.getMessage(), e);
        }
        return text.toString();
    }

    /** Whether both present the same certificates. */
    boolean sameAs(KeyMaterial other) {
        return chain.equals(other.chain) && Arrays.equals(key.getEncoded(), other.key.getEncoded());
    }

    /** The names the leaf is for, as they stand in it. */
    List<String> dnsNames() {
        try {
            Collection<List<?>> names = leaf().getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(each -> Integer.valueOf(2).equals(each.get(0)))
                            .map(each -> String.valueOf(each.get(1)))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    @Override
    public String toString() {
        return leaf().getSubjectX500Principal() + (files.isEmpty() ? "" : " " + files);
    }
}
