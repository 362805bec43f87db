package io.lws;

/**
 * A protocol's answer where it may refuse: let it happen, or refuse with a wire status (an HTTP status for upgrades and
 * requests) and a short reason that the peer may see.
 */
public record Verdict(int status, String reason) {
    /** Go on. */
    public static final Verdict ACCEPT = new Verdict(0, "");

    public static Verdict reject(int status) {
        return reject(status, "");
    }

    public static Verdict reject(int status, String reason) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("a refusal needs a status from 400 to 599, not " + status);
        }
        return new Verdict(status, reason);
    }

    public boolean accepted() {
        return status == 0;
    }
}
