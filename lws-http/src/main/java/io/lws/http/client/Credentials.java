package io.lws.http.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A name and a password. */
record Credentials(String user, String password) {
    Credentials {
        boolean control = (user + password).chars().anyMatch(c -> c < ' ' || c == 0x7f);
        if (control || user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("control character in credentials, or colon in a user's name");
        }
    }

    /** {@code user:password}, as in a URI. */
    static Credentials of(String userInfo) {
        int colon = userInfo.indexOf(':');
        return colon < 0
                ? new Credentials(userInfo, "")
                : new Credentials(userInfo.substring(0, colon), userInfo.substring(colon + 1));
    }

    /** The value of Authorization by RFC 7617. */
    String basic() {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** Without the password, for logs. */
    @Override
    public String toString() {
        return user;
    }
}
