package io.lws.lwsws;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.net.Listener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sockets a generation listens on, by the address its configuration asks for, which with port 0 is not the one it
 * got. The next generation that asks for the same is given the same socket. Immutable.
 */
record Places(Map<SocketAddress, Listener> byWanted) {
    static final Places NONE = new Places(Map.of());

    Places {
        byWanted = Map.copyOf(byWanted);
    }

    /** The socket that the process was started with as its standard input, if it was: of systemd or inetd. */
    static Places inherited() throws IOException {
        if (System.inheritedChannel() instanceof ServerSocketChannel channel) {
            Listener listener = Listener.adopt(channel);
            return new Places(Map.of(listener.address(), listener));
        }
        return NONE;
    }

    /** Those of a context, whose vhosts asked for {@code wanted}. */
    static Places of(Context context, Map<Vhost, SocketAddress> wanted) {
        Map<SocketAddress, Listener> places = new LinkedHashMap<>();
        wanted.forEach((vhost, address) -> {
            Listener listener = context.listener(vhost);
            if (listener != null) {
                places.put(address, listener);
            }
        });
        return new Places(places);
    }

    /** Where to listen for one who asks for {@code wanted}. */
    SocketAddress actual(SocketAddress wanted) {
        Listener there = byWanted.get(wanted);
        return there == null ? wanted : there.address();
    }

    Collection<Listener> listeners() {
        return byWanted.values();
    }

    /** One of these that keeps {@code wanted} from being listened on: another interface of the same port. */
    Optional<Listener> inTheWayOf(SocketAddress wanted) {
        if (byWanted.containsKey(wanted) || !(wanted instanceof InetSocketAddress inet)) {
            return Optional.empty();
        }
        return listeners().stream()
                .filter(each -> inet.getPort() != 0 && each.port() == inet.getPort())
                .findFirst();
    }
}
