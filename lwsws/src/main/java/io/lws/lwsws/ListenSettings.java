package io.lws.lwsws;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where one vhost listens. */
final class ListenSettings {
    /** lws' word for a vhost that does not listen. */
    private static final int NO_LISTEN = -1;

    private static final int MAX_PORT = 65_535;
    private static final byte[] ANY_IPV4 = new byte[4];

    private final Value vhost;
    private final Path base;
    private @Nullable Value portValue;
    private @Nullable Value interfaceValue;
    private @Nullable Value permsValue;
    private @Nullable SocketRights perms;
    private boolean unix;
    private boolean noIpv6;
    private int port = NO_LISTEN;
    private @Nullable InetAddress address;
    private @Nullable Path socket;

    ListenSettings(Value vhost, Path base) {
        this.vhost = vhost;
        this.base = base;
    }

    void port(Value value) {
        portValue = value;
        port = value.integer(NO_LISTEN, MAX_PORT);
    }

    void interfaceName(Value value) {
        interfaceValue = value;
    }

    void unixSocket(Value value) {
        unix = value.flag();
    }

    void noIpv6(Value value) {
        noIpv6 = value.flag();
    }

    /** {@code user:group}. */
    void unixSocketPerms(Value value) {
        permsValue = value;
        perms = SocketRights.read(value);
    }

    /** Who may connect to the unix socket, or {@code null} for whom the system lets. */
    @Nullable
    SocketRights rights() {
        return perms;
    }

    /** Checks what takes several keys to check. */
    void settle() {
        String named = interfaceValue == null ? null : interfaceValue.nonEmptyText();
        if (unix) {
            settleUnix(named);
            return;
        }
        if (permsValue != null) {
            permsValue.note("has no effect here: it is for a unix-socket");
        }
        if (portValue == null) {
            vhost.problem("has no port; -1 is for a vhost that does not listen");
        }
        if (interfaceValue != null && named != null) {
            address = address(named, noIpv6).orElse(null);
            if (address == null) {
                interfaceValue.problem("there is no interface or address " + named);
            }
        }
    }

    private void settleUnix(@Nullable String path) {
        if (interfaceValue == null || path == null) {
            vhost.problem("has unix-socket but no interface, which is to be the socket's path");
        } else if (path.startsWith("@")) {
            interfaceValue.problem("the JVM knows no abstract unix sockets; give a path");
        } else {
            socket = Paths.path(interfaceValue, path, base);
        }
    }

    /** The address a host name, an address or the name of a network interface stands for. */
    static Optional<InetAddress> address(String name, boolean noIpv6) {
        try {
            NetworkInterface device = NetworkInterface.getByName(name);
            if (device == null) {
                return Optional.of(InetAddress.getByName(name));
            }
            return device.inetAddresses()
                    .filter(each -> !noIpv6 || each instanceof Inet4Address)
                    .min(Comparator.comparingInt(each -> each instanceof Inet4Address ? 0 : 1));
        } catch (SocketException | UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** What says where to listen: the path of a unix socket, else the port. */
    Optional<Value> place() {
        return Optional.ofNullable(socket == null ? portValue : interfaceValue);
    }

    /** The TCP port, if it listens on one. */
    Optional<Integer> port() {
        return socket == null && port != NO_LISTEN ? Optional.of(port) : Optional.empty();
    }

    /** Where to listen, or {@code null} for nowhere. */
    @Nullable
    SocketAddress address(Overrides overrides) {
        if (socket != null) {
            return UnixDomainSocketAddress.of(socket);
        }
        if (port == NO_LISTEN) {
            return null;
        }
        InetAddress where = overrides.address().orElse(address);
        int number = overrides.port(port);
        return where == null ? wildcard(number) : new InetSocketAddress(where, number);
    }

    private SocketAddress wildcard(int number) {
        if (!noIpv6) {
            return new InetSocketAddress(number);
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ANY_IPV4), number);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
