package io.lws.lwsws;

import io.lws.IpFamilies;
import io.lws.net.SocketHandover;
import java.net.Inet4Address;
import java.net.Inet6Address;
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

    private final Value vhost;
    private final Path base;
    private @Nullable Value portValue;
    private @Nullable Value interfaceValue;
    private @Nullable Value permsValue;
    private @Nullable SocketRights perms;
    private boolean unix;
    private @Nullable Value noIpv6Value;
    private boolean noIpv6;
    private boolean onlyIpv6;
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
        noIpv6Value = value;
        noIpv6 = value.flag();
    }

    /** What the JDK cannot ask for; where nothing else can, it is as if it were not said. */
    void onlyIpv6(Value value) {
        if (value.flag()) {
            onlyIpv6 = SocketHandover.obstacle().isEmpty(); // by the same means
            if (!onlyIpv6) {
                value.note("has no effect here: a socket of the JVM takes both families without lws-epoll, which takes"
                        + " Linux and Java 22 or newer; name an interface");
            }
        }
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
            } else if (noIpv6 && address instanceof Inet6Address) {
                interfaceValue.problem("is an address of IPv6, and noipv6 wants none");
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

    /** Told where another vhost on the same port takes both families. */
    void noteSharedFamilies(String other) {
        if (noIpv6 && noIpv6Value != null) {
            noIpv6Value.note("has no effect here: vhost " + other + " listens on the same port for both families");
        }
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
        return where == null || where.isAnyLocalAddress()
                ? families(overrides).listening(new InetSocketAddress(number))
                : new InetSocketAddress(where, number);
    }

    /** Whom it takes where it listens on every interface; as in lws {@code 0.0.0.0} is those of IPv4. */
    IpFamilies families(Overrides overrides) {
        boolean allOfIpv4 =
                overrides.address().isEmpty() && address instanceof Inet4Address && address.isAnyLocalAddress();
        return noIpv6 || allOfIpv4 ? IpFamilies.IPV4 : onlyIpv6 ? IpFamilies.IPV6 : IpFamilies.BOTH;
    }
}
