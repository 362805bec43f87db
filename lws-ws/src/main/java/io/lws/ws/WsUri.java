package io.lws.ws;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a client goes: a {@code ws} or {@code wss} URI taken apart (RFC 6455 3). {@code http} and {@code https} mean the same. */
record WsUri(
        boolean secure,
        String host,
        int port,
        String pathAndQuery,
        @Nullable String userInfo) {
    private static final int PORT = 80;
    private static final int SECURE_PORT = 443;
    private static final int MAX_PORT = 65535;

    /** {@link IllegalArgumentException} for what is no such URI. */
    static WsUri of(String text) {
        try {
            return of(new URI(text));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URI: " + text, e);
        }
    }

    static WsUri of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("wss") || scheme.equals("https");
        if (!secure && !scheme.equals("ws") && !scheme.equals("http")) {
            throw new IllegalArgumentException("neither ws nor wss: " + uri);
        }
        if (uri.getHost() == null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("a ws URI has a host and no fragment: " + uri);
        }
        if (uri.getPort() > MAX_PORT) {
            throw new IllegalArgumentException("no such port: " + uri);
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        int port = uri.getPort() > 0 ? uri.getPort() : secure ? SECURE_PORT : PORT;
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new WsUri(secure, bare(uri.getHost()), port, path + query, uri.getUserInfo());
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** For the {@code Host} field: without the port where it is the scheme's own. */
    String authority() {
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (secure ? SECURE_PORT : PORT) ? bracketed : bracketed + ":" + port;
    }

    /** What {@code location} of a redirect leads to; never from wss to ws. */
    WsUri redirected(String location) {
        URI base = URI.create((secure ? "wss://" : "ws://") + authority() + pathAndQuery);
        WsUri to = of(base.resolve(location));
        if (secure && !to.secure()) {
            throw new IllegalArgumentException("redirected from wss to ws");
        }
        return to;
    }

    /** The same place for those who know http only. */
    URI asHttp() {
        return URI.create((secure ? "https://" : "http://") + authority() + pathAndQuery);
    }

    boolean isSameHost(WsUri other) {
        return secure == other.secure && port == other.port && host.equalsIgnoreCase(other.host);
    }
}
