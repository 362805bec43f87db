package io.lws.http;

import java.time.Duration;

/**
 * A cookie to give a client, as the value of a {@code Set-Cookie} field (RFC 6265 4.1). Immutable; each method returns a
 * changed copy. Unless told otherwise it is for the whole site, hidden from scripts, and not sent along from other sites.
 */
public final class SetCookie {
    /** Whether it goes along with requests that other sites cause. */
    public enum SameSite {
        STRICT("Strict"),
        LAX("Lax"),
        /** Needs {@link SetCookie#secure()}. */
        NONE("None");

        private final String text;

        SameSite(String text) {
            this.text = text;
        }
    }

    private final String pair;
    private final String rest;
    private final SameSite sameSite;

    private SetCookie(String pair, String rest, SameSite sameSite) {
        this.pair = pair;
        this.rest = rest;
        this.sameSite = sameSite;
    }

    /** {@link IllegalArgumentException} when the value holds a blank, comma, semicolon, quote or backslash. */
    public static SetCookie of(String name, String value) {
        Tokens.requireToken(name, "name of a cookie");
        boolean plain = value.chars().allMatch(c -> c > ' ' && c < 0x7f && ",;\"\\".indexOf(c) < 0);
        if (!plain) {
            throw new IllegalArgumentException("value of cookie " + name + " holds what cannot be sent");
        }
        return new SetCookie(name + "=" + value, "; Path=/; HttpOnly", SameSite.LAX);
    }

    /** How long it is kept; zero takes it away. Otherwise it is gone with the browser. */
    public SetCookie maxAge(Duration age) {
        return new SetCookie(pair, rest + "; Max-Age=" + Math.max(0, age.toSeconds()), sameSite);
    }

    /** Only over TLS. */
    public SetCookie secure() {
        return new SetCookie(pair, rest + "; Secure", sameSite);
    }

    public SetCookie sameSite(SameSite when) {
        return new SetCookie(pair, rest, when);
    }

    /** Value of the field. */
    @Override
    public String toString() {
        return pair + rest + "; SameSite=" + sameSite.text;
    }
}
