package io.lws.raw;

import io.lws.VhostOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * Where connections of a vhost are passed on to as they are, both ways, with back-pressure and half-closes kept (lws:
 * raw-proxy). A vhost with this option and {@code acceptRole("raw-proxy")} is a TCP proxy; with {@link RawFallback} only
 * what is no HTTP is passed on.
 *
 * @param connectTimeout how long the onward connection may take
 */
public record RawProxy(SocketAddress onward, Duration connectTimeout) implements VhostOption {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(20);

    /** With 20 seconds to connect. */
    public static RawProxy to(SocketAddress onward) {
        return new RawProxy(onward, DEFAULT_TIMEOUT);
    }

    /**
     * In lws' notation: {@code ipv4:127.0.0.1:22}, {@code ipv6:[::1]:22}, {@code unix:/path}; or {@code host:port}. A name
     * is looked up here, once.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static RawProxy to(String onward) {
        if (onward.startsWith("unix:")) {
            return to(UnixDomainSocketAddress.of(onward.substring("unix:".length())));
        }
        String address = onward.replaceFirst("^ipv[46]:", "");
        int colon = address.lastIndexOf(':');
        try {
            int port = Integer.parseInt(address, colon + 1, address.length(), 10);
            String host = address.substring(0, Math.max(0, colon)).replaceAll("[\\[\\]]", "");
            if (host.isEmpty()) {
                throw new IllegalArgumentException("no host");
            }
            return to(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "onward: ipv4:ADDRESS:PORT, ipv6:[ADDRESS]:PORT, unix:PATH or HOST:PORT, not " + onward, e);
        }
    }
}
