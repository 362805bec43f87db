package io.lws.http.client;

import io.lws.http.Authority;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An {@code http} or {@code https} URI taken apart (RFC 9110 4.2). The fragment is dropped: it is never sent. */
record HttpTarget(
        String scheme,
        String host,
        int port,
        String pathAndQuery,
        @Nullable String userInfo) {
    private static final int PORT = 80;
    private static final int SECURE_PORT = 443;

    /** {@link IllegalArgumentException} for what is no such URI. */
    static HttpTarget of(String text) {
        try {
            return of(new URI(text));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URI: " + e.getMessage(), e);
        }
    }

    private static HttpTarget of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String authority = uri.getRawAuthority();
        if (!scheme.equals("http") && !scheme.equals("https") || authority == null) {
            throw new IllegalArgumentException("neither http nor https: " + uri);
        }
        int at = authority.lastIndexOf('@');
        String hostAndPort = asciiHost(authority.substring(at + 1));
        if (hostAndPort.isEmpty() || !Authority.isValid(hostAndPort)) {
            throw new IllegalArgumentException("bad host or port: " + uri);
        }
        String host = Authority.host(hostAndPort);
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        int port = port(hostAndPort.substring(host.length()), scheme);
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String user = at < 0 ? null : uri.getUserInfo();
        return new HttpTarget(scheme, bare.toLowerCase(Locale.ROOT), port, escaped(path + query), user);
    }

    private static String asciiHost(String hostAndPort) {
        boolean ascii = hostAndPort.chars().allMatch(c -> c < 0x80);
        return ascii ? hostAndPort : IDN.toASCII(hostAndPort);
    }

    private static int port(String colonAndPort, String scheme) {
        int standard = scheme.equals("https") ? SECURE_PORT : PORT;
        int port = colonAndPort.length() < 2 ? standard : Integer.parseInt(colonAndPort.substring(1));
        if (port == 0) {
            throw new IllegalArgumentException("port 0 cannot be connected to");
        }
        return port;
    }

    /** Letters beyond ASCII, which {@link URI} lets pass, as the octets they are sent as. */
    private static String escaped(String pathAndQuery) {
        StringBuilder out = new StringBuilder(pathAndQuery.length());
        for (byte octet : pathAndQuery.getBytes(StandardCharsets.UTF_8)) {
            if (octet < 0) {
                out.append(String.format(Locale.ROOT, "%%%02X", octet & 0xff));
            } else {
                out.append((char) octet);
            }
        }
        return out.toString();
    }

    boolean isSecure() {
        return scheme.equals("https");
    }

    /** For the {@code Host} field: without the port where it is the scheme's own. */
    String authority() {
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (isSecure() ? SECURE_PORT : PORT) ? bracketed : bracketed + ":" + port;
    }

    /**
     * What {@code reference}, such as the value of a Location, one char per octet, means from here. Who is asked again is
     * shown the same user.
     */
    HttpTarget resolve(String reference) {
        try {
            // URI drops the last segment of the path in front of a reference that is a query (RFC 3986 5.2.2 keeps it)
            String whole = reference.startsWith("?") ? path() + reference : reference;
            HttpTarget to = of(URI.create(toString()).resolve(new URI(LocationText.escaped(whole))));
            HttpTarget below = to.withPath(LocationText.belowRoot(to.pathAndQuery));
            return below.userInfo == null && isSameOrigin(below) ? below.withUser(userInfo) : below;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URI: " + e.getMessage(), e);
        }
    }

    private HttpTarget withUser(@Nullable String user) {
        return new HttpTarget(scheme, host, port, pathAndQuery, user);
    }

    /** The same origin, another path. */
    HttpTarget withPath(String other) {
        return new HttpTarget(scheme, host, port, other, userInfo);
    }

    /** Same scheme, host and port (RFC 6454). */
    boolean isSameOrigin(HttpTarget other) {
        return scheme.equals(other.scheme) && port == other.port && host.equals(other.host);
    }

    /** The path without the query. */
    String path() {
        int mark = pathAndQuery.indexOf('?');
        return mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark);
    }

    /** The absolute form, without credentials. */
    @Override
    public String toString() {
        return scheme + "://" + authority() + pathAndQuery;
    }
}
