package io.lws;

import io.lws.net.Listener;
import io.lws.net.VhostGroup;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a context's vhosts listen, and on whose sockets. The building thread.
 *
 * @param given sockets that listen already, for the vhosts with their addresses
 * @param socketsPerPort among which the kernel divides the callers, where the platform shares ports
 */
record Addresses(List<Vhost> vhosts, List<Listener> given, int socketsPerPort) {
    private static final int BACKLOG = 4096;
    private static final Log LOG = Log.of("lws.listen");

    /** The vhosts that share each address, in the order they were added. */
    Map<SocketAddress, VhostGroup> groups() {
        Map<SocketAddress, List<Vhost>> byAddress = new LinkedHashMap<>();
        for (Vhost vhost : vhosts) {
            SocketAddress address = vhost.listenAddress();
            if (address != null) {
                byAddress.computeIfAbsent(address, key -> new ArrayList<>()).add(vhost);
            }
        }
        Map<SocketAddress, VhostGroup> groups = new LinkedHashMap<>();
        byAddress.forEach((address, list) -> groups.put(address, new VhostGroup(list)));
        return groups;
    }

    /**
     * The socket that listens there already, or {@code null}. One that takes fewer than its address says is told of.
     *
     * @throws ListenException where it has been closed
     */
    @Nullable
    Listener given(SocketAddress address, IpFamilies families) {
        Listener found = given.stream()
                .filter(each -> each.isFor(address, families))
                .findFirst()
                .orElse(null);
        if (found == null) {
            return null;
        }
        if (!found.isOpen()) {
            throw new ListenException(
                    address, new IOException("cannot listen on " + address + ": the listener given for it is closed"));
        }
        if (IpFamilies.isEveryInterface(address)
                && families == IpFamilies.BOTH
                && found.families() == IpFamilies.IPV6) {
            LOG.warn(found.toString(), "takes callers of IPv6 alone, as it was bound, where both families are wanted");
        }
        return found;
    }

    /** @throws ListenException naming the address */
    Listener open(SocketAddress address, IpFamilies families) {
        try {
            return Listener.openShared(address, BACKLOG, families, socketsPerPort);
        } catch (IOException e) {
            throw new ListenException(address, e);
        }
    }
}
