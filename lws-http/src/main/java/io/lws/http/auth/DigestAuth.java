package io.lws.http.auth;

import io.lws.http.Headers;
import io.lws.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Proof of a password that does not travel (RFC 7616), with {@code qop=auth}, SHA-256 and, for older clients, MD5. A
 * nonce is good for a minute and each of its counts once: an answer overheard cannot be used again.
 */
public final class DigestAuth implements Authenticator {
    private static final Duration NONCE_LIFETIME = Duration.ofMinutes(1);
    private static final HexFormat HEX = HexFormat.of();

    private final String realm;
    private final Credentials credentials;
    private final Nonces nonces = new Nonces(NONCE_LIFETIME);

    private DigestAuth(String realm, Credentials credentials) {
        this.realm = BasicAuth.requireRealm(realm);
        this.credentials = credentials;
    }

    public static DigestAuth of(String realm, Map<String, String> passwordsByUser) {
        return new DigestAuth(realm, Credentials.of(passwordsByUser));
    }

    /** From lines {@code user:password}, see {@link Credentials}. */
    public static DigestAuth file(String realm, Path file) {
        return new DigestAuth(realm, Credentials.file(file));
    }

    @Override
    public Verdict check(HttpRequest request) {
        String field = request.header("authorization");
        Map<String, String> said = field == null ? null : AuthParameters.parse("Digest", field);
        String user = said == null || said.get("username") == null ? null : utf8(text(said, "username"));
        if (said == null || user == null || !proves(said, user, request)) {
            return challenge(false);
        }
        // only now: who does not know the password cannot use up a nonce
        return switch (nonces.use(text(said, "nonce"), text(said, "nc"))) {
            case FRESH -> new Verdict.Granted(user);
            case STALE -> challenge(true);
            case UNKNOWN -> challenge(false);
        };
    }

    private boolean proves(Map<String, String> said, String user, HttpRequest request) {
        String algorithm = said.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
        boolean known = algorithm.equals("MD5") || algorithm.equals("SHA-256");
        String password = credentials.password(user);
        if (!known
                || !text(said, "qop").equals("auth")
                || !text(said, "realm").equals(realm)
                || !text(said, "uri").equals(request.target().raw())) {
            return false;
        }
        String secret = hash(algorithm, user + ":" + realm + ":" + (password == null ? "" : password));
        String about = hash(algorithm, request.method() + ":" + text(said, "uri"));
        String expected = hash(
                algorithm,
                String.join(":", secret, text(said, "nonce"), text(said, "nc"), text(said, "cnonce"), "auth", about));
        boolean same = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII),
                text(said, "response").toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
        return same && password != null;
    }

    private Verdict challenge(boolean stale) {
        String rest = "realm=\"" + realm + "\", qop=\"auth\", charset=UTF-8, nonce=\"" + nonces.make() + "\""
                + (stale ? ", stale=true" : "");
        return new Verdict.Denied(Headers.of(
                "WWW-Authenticate", "Digest " + rest + ", algorithm=SHA-256",
                "WWW-Authenticate", "Digest " + rest + ", algorithm=MD5"));
    }

    /** Of a name whose octets came as one char each; one in Latin-1, as old clients send it, stays as it is. */
    private static String utf8(String octets) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return octets;
        }
    }

    private static String text(Map<String, String> said, String name) {
        String value = said.get(name);
        return value == null ? "" : value;
    }

    private static String hash(String algorithm, @Nullable String text) {
        try {
            byte[] octets = String.valueOf(text).getBytes(StandardCharsets.UTF_8);
            return HEX.formatHex(MessageDigest.getInstance(algorithm).digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JRE has both
        }
    }
}
