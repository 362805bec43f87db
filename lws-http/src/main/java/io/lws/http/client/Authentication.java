package io.lws.http.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers challenges: by Digest (RFC 7616) with the strongest algorithm offered, else by Basic (RFC 7617). */
final class Authentication {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The strongest first. */
    private static final List<Map.Entry<String, String>> ALGORITHMS =
            List.of(Map.entry("SHA-512-256", "SHA-512/256"), Map.entry("SHA-256", "SHA-256"), Map.entry("MD5", "MD5"));

    private Authentication() {}

    /** Whether the server only wants the same again with a newer nonce. */
    static boolean isStale(List<Challenge> challenges) {
        return challenges.stream().anyMatch(each -> each.parameter("stale").equalsIgnoreCase("true"));
    }

    /** The value of Authorization, or null when none of the challenges can be answered. */
    static @Nullable String answer(List<Challenge> challenges, Credentials who, String method, String target) {
        for (Map.Entry<String, String> algorithm : ALGORITHMS) {
            for (Challenge each : challenges) {
                if (each.scheme().equals("digest") && isFor(each, algorithm.getKey())) {
                    return digest(
                            each, algorithm, who, method, target, HexFormat.of().formatHex(random()));
                }
            }
        }
        boolean basic = challenges.stream().anyMatch(each -> each.scheme().equals("basic"));
        return basic ? who.basic() : null;
    }

    private static boolean isFor(Challenge challenge, String algorithm) {
        String named = challenge.parameter("algorithm");
        String qop = challenge.parameter("qop");
        boolean known = (named.isEmpty() ? "MD5" : named).equalsIgnoreCase(algorithm);
        return known && !challenge.parameter("nonce").isEmpty() && (qop.isEmpty() || offersAuth(qop));
    }

    private static boolean offersAuth(String qop) {
        return List.of(qop.toLowerCase(Locale.ROOT).split("[ ,]+")).contains("auth");
    }

    private static byte[] random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** With a nonce of the client's, for tests. */
    static String digest(
            Challenge challenge,
            Map.Entry<String, String> algorithm,
            Credentials who,
            String method,
            String target,
            String cnonce) {
        String realm = challenge.parameter("realm");
        String nonce = challenge.parameter("nonce");
        boolean qop = !challenge.parameter("qop").isEmpty();
        String secret = hash(algorithm, octets(who.user()) + ":" + realm + ":" + octets(who.password()));
        String what = hash(algorithm, method + ":" + target);
        String between = qop ? ":00000001:" + cnonce + ":auth:" : ":";
        StringBuilder value = new StringBuilder("Digest ");
        value.append("username=\"").append(quoted(octets(who.user())));
        value.append("\", realm=\"").append(quoted(realm));
        value.append("\", nonce=\"").append(quoted(nonce));
        value.append("\", uri=\"").append(quoted(target));
        value.append("\", algorithm=").append(algorithm.getKey());
        value.append(", response=\"").append(hash(algorithm, secret + ":" + nonce + between + what));
        value.append('"');
        if (qop) {
            value.append(", qop=auth, nc=00000001, cnonce=\"").append(cnonce).append('"');
        }
        if (challenge.parameters().containsKey("opaque")) {
            value.append(", opaque=\"")
                    .append(quoted(challenge.parameter("opaque")))
                    .append('"');
        }
        return value.toString();
    }

    /** As UTF-8, one char per octet: what is hashed, and what a field can hold. */
    private static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String hash(Map.Entry<String, String> algorithm, String octets) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm.getValue());
            return HexFormat.of().formatHex(digest.digest(octets.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no " + algorithm.getValue(), e);
        }
    }
}
