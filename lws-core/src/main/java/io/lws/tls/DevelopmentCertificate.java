package io.lws.tls;

import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A self-signed certificate for trying things out, good for {@code localhost}, the loopback addresses and the names asked
 * for. Nobody trusts it without being told to. All are made in memory; only {@link #cached} keeps its own, in the user's
 * cache.
 */
public final class DevelopmentCertificate {
    private static final Duration VALIDITY = Duration.ofDays(90);
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);
    private static final int SERIAL_BITS = 120;

    /** What kind of key it has. */
    public enum Kind {
        /** ECDSA on P-256: fast, what a server wants today. */
        EC,
        /** RSA with 2048 bits, for peers that know nothing else. */
        RSA
    }

    /** One for the whole process, made when first asked for. */
    private static final class Shared {
        static final KeyMaterial LOCALHOST = make(Kind.EC, VALIDITY, List.of());
    }

    /** One for the whole process, read or made when first asked for. */
    private static final class Cached {
        static final KeyMaterial LOCALHOST = CertificateCache.ofUser();
    }

    private DevelopmentCertificate() {}

    /**
     * The user's own P-256 certificate for {@code localhost}: made at the first use, and the same in later processes until
     * its last week, so that a browser that was told to accept it need not be told again. The file is in the user's cache
     * directory and for nobody else to read; where there is none to write to, this is {@link #localhost}.
     */
    public static KeyMaterial cached() {
        return Cached.LOCALHOST;
    }

    /** The process' own P-256 certificate for {@code localhost}; made at the first call, the same ever after. */
    public static KeyMaterial localhost() {
        return Shared.LOCALHOST;
    }

    /** A new one for {@code names} besides {@code localhost} and the loopback addresses; valid for 90 days. */
    public static KeyMaterial make(Kind kind, String... names) {
        return make(kind, VALIDITY, List.of(names));
    }

    /** As {@link #make(Kind, String...)}, valid until {@code left} from now; a negative time gives an expired one. */
    public static KeyMaterial make(Kind kind, Duration left, List<String> names) {
        try {
            KeyPair pair = keys(kind);
            X509v3CertificateBuilder builder = builder(pair, left, names);
            String signature = kind == Kind.EC ? "SHA256withECDSA" : "SHA256withRSA";
            return KeyMaterial.of(
                    pair.getPrivate(),
                    List.of(new JcaX509CertificateConverter()
                            .getCertificate(
                                    builder.build(new JcaContentSignerBuilder(signature).build(pair.getPrivate())))));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException("this JVM cannot make a certificate: " + e.getMessage(), e);
        }
    }

    private static KeyPair keys(Kind kind) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.name());
        if (kind == Kind.EC) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    private static X509v3CertificateBuilder builder(KeyPair pair, Duration left, List<String> names)
            throws CertIOException {
        Instant now = Instant.now();
        Instant until = now.plus(left);
        Instant from = (until.isBefore(now) ? until : now).minus(CLOCK_SKEW);
        String subject = names.isEmpty() ? "localhost" : names.get(0);
        var name = new X500NameBuilder().addRDN(BCStyle.CN, subject).build();
        return new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS),
                        Date.from(from),
                        Date.from(until),
                        name,
                        pair.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                }))
                .addExtension(Extension.subjectAlternativeName, false, subjects(names));
    }

    private static GeneralNames subjects(List<String> names) {
        List<GeneralName> all = new ArrayList<>();
        names.forEach(each -> all.add(new GeneralName(GeneralName.dNSName, ascii(each))));
        if (!names.contains("localhost")) {
            all.add(new GeneralName(GeneralName.dNSName, "localhost"));
        }
        InetAddress loopback = InetAddress.getLoopbackAddress();
        all.add(new GeneralName(GeneralName.iPAddress, loopback.getHostAddress()));
        all.add(new GeneralName(GeneralName.iPAddress, loopback.getHostAddress().contains(":") ? "127.0.0.1" : "::1"));
        return new GeneralNames(all.toArray(new GeneralName[0]));
    }

    private static String ascii(String name) {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is no host name in ASCII");
        }
        return name;
    }
}
