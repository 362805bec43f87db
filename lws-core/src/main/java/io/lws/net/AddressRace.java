package io.lws.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the addresses of a host are tried (RFC 8305 4): by turns from both families, that of the first one
 * first.
 */
final class AddressRace {
    private AddressRace() {}

    static List<SocketAddress> order(List<InetAddress> found, int port) {
        ArrayDeque<InetAddress> same = new ArrayDeque<>();
        ArrayDeque<InetAddress> other = new ArrayDeque<>();
        boolean firstIs6 = found.get(0) instanceof Inet6Address;
        for (InetAddress address : found) {
            (address instanceof Inet6Address == firstIs6 ? same : other).add(address);
        }
        List<SocketAddress> order = new ArrayList<>(found.size());
        while (!same.isEmpty() || !other.isEmpty()) {
            add(order, same.poll(), port);
            add(order, other.poll(), port);
        }
        return order;
    }

    private static void add(List<SocketAddress> order, @Nullable InetAddress address, int port) {
        if (address != null) {
            order.add(new InetSocketAddress(address, port));
        }
    }
}
