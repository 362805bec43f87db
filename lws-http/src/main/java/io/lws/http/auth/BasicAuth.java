package io.lws.http.auth;

import io.lws.http.Headers;
import io.lws.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Name and password in every request (RFC 7617). They are readable on the way: for TLS, or a loopback interface. */
public final class BasicAuth implements Authenticator {
    private static final String SCHEME = "basic ";
    private static final int MAX_TOKEN_CHARS = 1024;
    private static final byte[] NOBODY = {0};

    private final Credentials credentials;
    private final Verdict denied;

    private BasicAuth(String realm, Credentials credentials) {
        this.credentials = credentials;
        denied = new Verdict.Denied(
                Headers.of("WWW-Authenticate", "Basic realm=\"" + requireRealm(realm) + "\", charset=\"UTF-8\""));
    }

    public static BasicAuth of(String realm, Map<String, String> passwordsByUser) {
        return new BasicAuth(realm, Credentials.of(passwordsByUser));
    }

    /** From lines {@code user:password}, see {@link Credentials}. */
    public static BasicAuth file(String realm, Path file) {
        return new BasicAuth(realm, Credentials.file(file));
    }

    @Override
    public Verdict check(HttpRequest request) {
        String field = request.header("authorization");
        String userAndPassword = field == null ? null : decoded(field);
        int colon = userAndPassword == null ? -1 : userAndPassword.indexOf(':');
        if (userAndPassword == null || colon < 1) {
            return denied;
        }
        String user = userAndPassword.substring(0, colon);
        String password = credentials.password(user);
        // who is not known costs the same time as who is
        byte[] expected = password == null ? NOBODY : password.getBytes(StandardCharsets.UTF_8);
        byte[] given = userAndPassword.substring(colon + 1).getBytes(StandardCharsets.UTF_8);
        boolean same = MessageDigest.isEqual(expected, given);
        return same && password != null ? new Verdict.Granted(user) : denied;
    }

    private static @Nullable String decoded(String field) {
        boolean basic = field.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        if (!basic || field.length() > MAX_TOKEN_CHARS) {
            return null;
        }
        try {
            byte[] octets =
                    Base64.getDecoder().decode(field.substring(SCHEME.length()).strip());
            return new String(octets, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static String requireRealm(String realm) {
        if (realm.isEmpty() || !realm.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\')) {
            throw new IllegalArgumentException("a realm is text without quotes, not " + realm);
        }
        return realm;
    }
}
