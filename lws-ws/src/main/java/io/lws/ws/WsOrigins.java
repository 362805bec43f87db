package io.lws.ws;

import io.lws.VhostOption;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may open a WebSocket here (RFC 6455 10.2): without such an option, pages of the same host and port. A
 * browser lets any page connect anywhere, with the user's cookies, and only says in {@code Origin} whose page it is; others
 * are answered with 403. Who is no browser sends no {@code Origin} and is not concerned. Immutable.
 *
 * @param listed origins as a browser writes them, such as {@code https://example.com}, welcome beside the same one
 */
public record WsOrigins(Policy policy, Set<String> listed) implements VhostOption {
    /** What is asked of an origin that is not listed. */
    public enum Policy {
        /** It must be the host and port that the request is for. */
        SAME,
        /** Nothing: for what knows its users by other means than cookies. */
        ANY
    }

    private static final WsOrigins SAME_ONLY = sameAnd();

    public WsOrigins {
        listed = listed.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        for (String origin : listed) {
            if (!origin.equals("null") && hostAndPort(origin) == null) {
                throw new IllegalArgumentException("an origin is scheme://host or scheme://host:port, not " + origin);
            }
        }
    }

    /** Pages of the same host and port, and of these origins. */
    public static WsOrigins sameAnd(String... origins) {
        return new WsOrigins(Policy.SAME, Stream.of(origins).collect(Collectors.toSet()));
    }

    /** Any page. */
    public static WsOrigins any() {
        return new WsOrigins(Policy.ANY, Set.of());
    }

    /** What holds when nothing is said. */
    static WsOrigins defaults() {
        return SAME_ONLY;
    }

    /** Whether a request for {@code authority} with these {@code Origin} fields is welcome. */
    boolean permits(List<String> origins, String authority) {
        if (origins.isEmpty() || policy == Policy.ANY) {
            return true;
        }
        String origin = origins.get(0).strip().toLowerCase(Locale.ROOT);
        if (origins.size() > 1) {
            return false;
        }
        return listed.contains(origin) || isSame(origin, authority);
    }

    /** The scheme does not count: what ends TLS may stand before us. */
    private static boolean isSame(String origin, String authority) {
        String from = hostAndPort(origin);
        return from != null && from.equals(hostAndPort(origin.substring(0, origin.indexOf(':')) + "://" + authority));
    }

    private static @Nullable String hostAndPort(String origin) {
        try {
            URI uri = URI.create(origin.toLowerCase(Locale.ROOT));
            boolean bare = uri.getRawPath() != null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
            if (uri.getHost() == null || !bare) {
                return null;
            }
            int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
            return uri.getHost() + ":" + port;
        } catch (IllegalArgumentException notAUri) {
            return null;
        }
    }
}
