package io.lws.lwsws;

import io.lws.IpFamilies;
import io.lws.ListenException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What vhosts that listen on one port must agree in, and what the system says of a port. */
final class SharedPlaces {
    private static final int FIRST_OF_EVERYBODY = 1024;

    private SharedPlaces() {}

    /** Reports what cannot be served together, without asking the system. */
    static void check(List<VhostSettings> vhosts, Overrides overrides) {
        Map<SocketAddress, List<VhostSettings>> byAddress = new LinkedHashMap<>();
        for (VhostSettings each : vhosts) {
            SocketAddress address = each.listen().address(overrides);
            if (address != null) {
                byAddress.computeIfAbsent(address, key -> new ArrayList<>()).add(each);
            }
        }
        byAddress.forEach((address, sharing) -> {
            checkNames(address, sharing);
            checkTls(address, sharing);
            IpFamilies families = families(sharing, overrides);
            byAddress.forEach((other, excluded) -> {
                if (excludes(address, families, other)) {
                    excluded.get(0)
                            .place()
                            .problem("vhost " + sharing.get(0).name() + " listens on every interface of port "
                                    + port(address) + ", and the system gives " + words(other)
                                    + " to nobody else then");
                }
            });
        });
    }

    private static void checkNames(SocketAddress address, List<VhostSettings> sharing) {
        Set<String> names = new HashSet<>();
        for (VhostSettings each : sharing) {
            if (!names.add(each.name().toLowerCase(Locale.ROOT))) {
                each.object().problem("a vhost " + each.name() + " listens on " + words(address) + " already");
            }
        }
    }

    private static void checkTls(SocketAddress address, List<VhostSettings> sharing) {
        VhostSettings first = sharing.get(0);
        for (VhostSettings each : sharing) {
            if (each.wantsTls() != first.wantsTls()) {
                each.place()
                        .problem("vhost " + each.name() + (each.wantsTls() ? " has" : " has no") + " TLS, but vhost "
                                + first.name() + " on " + words(address) + (first.wantsTls() ? " has" : " has none"));
            }
        }
    }

    /** Of the one socket they share; whose wish gives way is told. */
    private static IpFamilies families(List<VhostSettings> sharing, Overrides overrides) {
        for (VhostSettings each : sharing) {
            if (each.listen().families(overrides) == IpFamilies.BOTH) {
                sharing.forEach(other -> other.listen().noteSharedFamilies(each.name()));
                return IpFamilies.BOTH;
            }
        }
        return sharing.get(0).listen().families(overrides);
    }

    /** Whether one who listens on {@code every}, for {@code families}, leaves no room for {@code other}. */
    private static boolean excludes(SocketAddress every, IpFamilies families, SocketAddress other) {
        if (!IpFamilies.isEveryInterface(every)
                || !(other instanceof InetSocketAddress one)
                || one.equals(every)
                || one.getPort() != port(every)
                || one.getPort() == 0) {
            return false;
        }
        boolean isIpv4 = one.getAddress() instanceof Inet4Address;
        return families == IpFamilies.BOTH || (families == IpFamilies.IPV4) == isIpv4;
    }

    private static int port(SocketAddress address) {
        return ((InetSocketAddress) address).getPort();
    }

    /** What kept an address from being listened on. */
    static String whyNot(ListenException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        boolean privileged = e.address() instanceof InetSocketAddress inet
                && inet.getPort() < FIRST_OF_EVERYBODY
                && String.valueOf(cause.getMessage()).contains("ermission denied");
        return "cannot listen on " + words(e.address()) + ": " + cause.getMessage()
                + (privileged ? "; a port below 1024 takes root or CAP_NET_BIND_SERVICE" : "");
    }

    private static String words(SocketAddress address) {
        return IpFamilies.isEveryInterface(address) ? "*:" + port(address) : literally(address);
    }

    /** An address of TCP as in a URL, also that of every interface. */
    static String literally(SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet)) {
            return address.toString();
        }
        String host = inet.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + inet.getPort();
    }
}
