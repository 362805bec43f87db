package io.lws.lwsws;

import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** Cipher suites and curves as OpenSSL calls them, which is how lws' configurations do, in the names of the JDK. */
final class CipherNames {
    static final List<String> TLS_13 =
            List.of("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256");
    static final List<String> TLS_12 = List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    private static final Pattern AEAD =
            Pattern.compile("(ECDHE-ECDSA|ECDHE-RSA|DHE-RSA)-(?:AES(128|256)-GCM-(SHA\\d+)|(CHACHA20)-POLY1305)");
    /** Exclusions that are granted to everybody: of kinds of suites that are not offered, and of suites without ECDHE. */
    private static final Pattern NEVER_OFFERED = Pattern.compile(
            "[!-](RC4|MD5|[ae]?NULL|EXP(ORT)?\\d*|LOW|MEDIUM|3?DES|SSLv[23]|PSK|SRP|CAMELLIA|ARIA|DSS|SEED|IDEA|ADH|AECDH"
                    + "|kRSA|(HMAC_)?SHA1?|(DHE-RSA-)?AES(128|256)-(GCM-)?SHA\\d*)");

    private static final Set<String> SUPPORTED = supported();

    private CipherNames() {}

    private static Set<String> supported() {
        try {
            return Set.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
        } catch (NoSuchAlgorithmException e) {
            return Set.of();
        }
    }

    /**
     * What a list with colons, commas or spaces names, or {@code usual} where that is nothing, without what it excludes;
     * {@code others} gets what is no suite that can be used here.
     */
    static List<String> suites(String list, List<String> usual, List<String> others) {
        List<String> suites = new ArrayList<>();
        Set<String> excluded = new HashSet<>();
        for (String each : list.trim().split("[:, ]+")) {
            boolean excludes = each.startsWith("!") || each.startsWith("-");
            Optional<String> suite = suite(excludes ? each.substring(1) : each);
            suite.ifPresent(excludes ? excluded::add : suites::add);
            if (suite.isEmpty() && !NEVER_OFFERED.matcher(each).matches()) {
                others.add(each);
            }
        }
        List<String> chosen = new ArrayList<>(suites.isEmpty() ? usual : suites);
        chosen.removeAll(excluded);
        return chosen;
    }

    /** Only suites with forward secrecy and authenticated encryption: the library offers no others. */
    private static Optional<String> suite(String name) {
        Matcher aead = AEAD.matcher(name);
        String found = name;
        if (aead.matches()) {
            String cipher = aead.group(4) != null
                    ? "CHACHA20_POLY1305_SHA256"
                    : "AES_" + aead.group(2) + "_GCM_" + aead.group(3);
            found = "TLS_" + aead.group(1).replace('-', '_') + "_WITH_" + cipher;
        }
        return found.startsWith("TLS_") && SUPPORTED.contains(found) ? Optional.of(found) : Optional.empty();
    }

    /** The JDK's name of a key agreement group. */
    static String group(String curve) {
        return switch (curve) {
            case "prime256v1", "P-256" -> "secp256r1";
            case "P-384" -> "secp384r1";
            case "P-521" -> "secp521r1";
            case "X25519", "X448" -> curve.toLowerCase(java.util.Locale.ROOT);
            default -> curve;
        };
    }
}
