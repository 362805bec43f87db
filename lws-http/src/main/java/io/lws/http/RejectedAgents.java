package io.lws.http;

import io.lws.VhostOption;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Clients that get 403 by what they call themselves. Keeps out the honest nuisance, not the liar. Immutable.
 *
 * @param parts pieces of a User-Agent, in any case
 */
public record RejectedAgents(List<String> parts) implements VhostOption {
    public RejectedAgents {
        parts = parts.stream().map(part -> part.toLowerCase(Locale.ROOT)).toList();
        if (parts.contains("")) {
            throw new IllegalArgumentException("an empty part is in every User-Agent");
        }
    }

    public static RejectedAgents of(String... parts) {
        return new RejectedAgents(List.of(parts));
    }

    /** Whether a client that calls itself so is kept out. */
    public boolean rejects(@Nullable String userAgent) {
        String lower = userAgent == null ? "" : userAgent.toLowerCase(Locale.ROOT);
        return !lower.isEmpty() && parts.stream().anyMatch(lower::contains);
    }
}
