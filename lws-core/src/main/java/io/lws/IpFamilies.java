package io.lws;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Whose callers a vhost takes that listens on every interface; a vhost with an address of its own has the family of that.
 * Vhosts of different families may listen on one port, each for its own; {@link #BOTH} leaves no room for either.
 */
public enum IpFamilies implements VhostOption {
    /** Both, where the system has both. */
    BOTH,
    /** IPv4 alone (lws: LWS_SERVER_OPTION_DISABLE_IPV6). */
    IPV4,
    /**
     * IPv6 alone (lws: LWS_SERVER_OPTION_IPV6_V6ONLY_VALUE). The JDK cannot ask for that: it takes Java 22 or newer, Linux
     * and lws-epoll, whichever poller serves, and a context that listens without them cannot be built.
     */
    IPV6;

    /** What all vhosts take that share a socket. */
    static IpFamilies ofAll(List<Vhost> sharing) {
        IpFamilies first = sharing.get(0).option(IpFamilies.class, BOTH);
        return sharing.stream().allMatch(each -> each.option(IpFamilies.class, BOTH) == first) ? first : BOTH;
    }

    /** {@code address}; where it is every interface, by the name that this has for it. */
    public SocketAddress listening(SocketAddress address) {
        if (this == BOTH || !isEveryInterface(address)) {
            return address;
        }
        try {
            byte[] zeroes = new byte[this == IPV4 ? 4 : 16];
            return new InetSocketAddress(InetAddress.getByAddress(zeroes), ((InetSocketAddress) address).getPort());
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 bytes are an address", e);
        }
    }

    /** Whether a socket that is bound to {@code address} takes what this does not. */
    public boolean isExceededBy(SocketAddress address) {
        return isEveryInterface(address)
                && (this == IPV4
                        ? ((InetSocketAddress) address).getAddress() instanceof Inet6Address
                        : this == IPV6 && ((InetSocketAddress) address).getAddress() instanceof Inet4Address);
    }

    /** Whether {@code address} is of TCP and names no interface. */
    public static boolean isEveryInterface(SocketAddress address) {
        return address instanceof InetSocketAddress inet
                && !inet.isUnresolved()
                && inet.getAddress().isAnyLocalAddress();
    }
}
