package io.lws.net;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A server that connects on our behalf. Either way it is the proxy that looks the host up. Credentials, where there are
 * any, are {@code user:password}.
 */
public record Proxy(
        Kind kind, String host, int port, @Nullable String credentials) {
    /** How it is asked. */
    public enum Kind {
        /** By HTTP's CONNECT (RFC 9110 9.3.6), with Basic credentials. */
        HTTP,
        /** As {@link #HTTP}, over TLS: nobody on the way to the proxy sees what host is asked for, or the credentials. */
        HTTPS,
        /** By SOCKS version 5 (RFC 1928), with user and password (RFC 1929). */
        SOCKS5
    }

    private static final int HTTP_PORT = 3128;
    private static final int HTTPS_PORT = 443;
    private static final int SOCKS_PORT = 1080;
    private static final int MAX_SOCKS_BYTES = 255;

    public Proxy {
        if (host.isEmpty() || port < 1 || port > 0xffff) {
            throw new IllegalArgumentException("a proxy needs a host and a port: " + host + ":" + port);
        }
        if (credentials != null && credentials.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("control character in a proxy's credentials");
        }
        if (kind == Kind.SOCKS5 && credentials != null) {
            int userBytes = utf8(user(credentials)).length;
            int passwordBytes = utf8(password(credentials)).length;
            if (userBytes == 0 || userBytes > MAX_SOCKS_BYTES || passwordBytes > MAX_SOCKS_BYTES) {
                throw new IllegalArgumentException("SOCKS takes users of 1 to 255 bytes, passwords of at most 255");
            }
        }
    }

    /**
     * From {@code http://user:pw@host:3128}, {@code https://host:443} or {@code socks5://host:1080}; {@link
     * IllegalArgumentException} for others.
     */
    public static Proxy of(String uri) {
        URI parts = URI.create(uri);
        String scheme = parts.getScheme() == null ? "" : parts.getScheme().toLowerCase(Locale.ROOT);
        Kind kind = switch (scheme) {
            case "http" -> Kind.HTTP;
            case "https" -> Kind.HTTPS;
            case "socks5", "socks5h" -> Kind.SOCKS5;
            default -> throw new IllegalArgumentException("a proxy is http, https or socks5, not " + uri);
        };
        int standard = switch (kind) {
            case HTTP -> HTTP_PORT;
            case HTTPS -> HTTPS_PORT;
            case SOCKS5 -> SOCKS_PORT;
        };
        String host =
                parts.getHost() == null ? "" : parts.getHost().replace("[", "").replace("]", "");
        return new Proxy(kind, host, parts.getPort() < 0 ? standard : parts.getPort(), parts.getUserInfo());
    }

    private static String user(String credentials) {
        int colon = credentials.indexOf(':');
        return colon < 0 ? credentials : credentials.substring(0, colon);
    }

    private static String password(String credentials) {
        return credentials.substring(
                Math.min(credentials.length(), user(credentials).length() + 1));
    }

    byte[] userBytes() {
        return credentials == null ? new byte[0] : utf8(user(credentials));
    }

    byte[] passwordBytes() {
        return credentials == null ? new byte[0] : utf8(password(credentials));
    }

    /** For the {@code Proxy-Authorization} field. */
    String basic() {
        return credentials == null ? "" : "Basic " + Base64.getEncoder().encodeToString(utf8(credentials));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Without the password, for logs. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + "://" + host + ":" + port;
    }
}
