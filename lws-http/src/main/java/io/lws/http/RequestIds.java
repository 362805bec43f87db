package io.lws.http;

import io.lws.VhostOption;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Gives each request a name, {@link HttpTransaction#requestId()}, and says it in {@code X-Request-Id} of the answer, so
 * that a line in one log can be found in another.
 */
public enum RequestIds implements VhostOption {
    /** Always a new one: right where anybody may connect. */
    FRESH,
    /** The one the client sent, if it is one; right behind a proxy of one's own. */
    FROM_CLIENT;

    /** The name of both fields. */
    public static final String FIELD = "X-Request-Id";

    private static final int MAX_CHARS = 64;

    /** For a request with that field. */
    public String idFor(@Nullable String sent) {
        if (this == FROM_CLIENT && sent != null && isHarmless(sent)) {
            return sent;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return String.format("%016x%016x", random.nextLong(), random.nextLong());
    }

    private static boolean isHarmless(String id) {
        return !id.isEmpty()
                && id.length() <= MAX_CHARS
                && id.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "-._".indexOf(c) >= 0));
    }
}
