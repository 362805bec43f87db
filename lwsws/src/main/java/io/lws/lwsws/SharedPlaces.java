package io.lws.lwsws;

import io.lws.ListenException;
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
    static void check(List<VhostSettings> vhosts) {
        Map<SocketAddress, List<VhostSettings>> byAddress = new LinkedHashMap<>();
        for (VhostSettings each : vhosts) {
            SocketAddress address = each.listen().address(Overrides.NONE);
            if (address != null) {
                byAddress.computeIfAbsent(address, key -> new ArrayList<>()).add(each);
            }
        }
        byAddress.forEach((address, sharing) -> {
            checkNames(address, sharing);
            checkTls(address, sharing);
            checkEveryInterface(address, sharing, byAddress);
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

    private static void checkEveryInterface(
            SocketAddress address, List<VhostSettings> sharing, Map<SocketAddress, List<VhostSettings>> all) {
        if (!(address instanceof InetSocketAddress one) || one.getAddress().isAnyLocalAddress() || one.getPort() == 0) {
            return;
        }
        all.forEach((other, vhosts) -> {
            if (other instanceof InetSocketAddress every
                    && every.getPort() == one.getPort()
                    && every.getAddress().isAnyLocalAddress()) {
                sharing.get(0)
                        .place()
                        .problem("vhost " + vhosts.get(0).name() + " listens on every interface of port "
                                + every.getPort() + ", and the system gives " + words(one) + " to nobody else then");
            }
        });
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
        if (!(address instanceof InetSocketAddress inet)) {
            return address.toString();
        }
        String host =
                inet.getAddress().isAnyLocalAddress() ? "*" : inet.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + inet.getPort();
    }
}
