package io.lws.lwsws;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.net.Listener;
import io.lws.net.PassedSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The sockets a generation listens on, by the address its configuration asks for, which with port 0 is not the one it
 * got. The next generation that asks for the same is given the same socket. Immutable.
 */
record Places(Map<SocketAddress, Listener> byWanted, String poller) {
    static final Places NONE = new Places(Map.of());

    private static final String ANY_POLLER = "";
    /** Whatever knows descriptors by their numbers. */
    static final String DESCRIPTORS = "auto";

    Places {
        byWanted = Map.copyOf(byWanted);
    }

    Places(Map<SocketAddress, Listener> byWanted) {
        this(byWanted, ANY_POLLER);
    }

    /**
     * The sockets that the process was started with: those of systemd, or the one that is its standard input.
     *
     * @throws IllegalStateException for several without a poller that could serve them
     */
    static Places inherited() throws IOException {
        List<Listener> passed = PassedSockets.listeners();
        Map<SocketAddress, Listener> places = new LinkedHashMap<>();
        for (Listener each : passed) {
            places.put(each.address(), each);
            if (each.address() instanceof InetSocketAddress inet
                    && inet.getAddress().isAnyLocalAddress()) {
                // one that takes both families is the same place as the wildcard of a configuration
                places.put(new InetSocketAddress(inet.getPort()), each);
            }
        }
        boolean byNumber = System.getenv("LISTEN_FDS") != null && !passed.isEmpty();
        return new Places(places, byNumber ? DESCRIPTORS : ANY_POLLER);
    }

    /** With what a generation can serve these. */
    Context.Builder on(Context.Builder context) {
        return poller.isEmpty() ? context : context.poller(poller);
    }

    /** Those of the context that has taken these over, whose vhosts asked for {@code wanted}. */
    Places of(Context context, Map<Vhost, SocketAddress> wanted) {
        Map<SocketAddress, Listener> places = new LinkedHashMap<>();
        wanted.forEach((vhost, address) -> {
            Listener listener = context.listener(vhost);
            if (listener != null) {
                places.put(address, listener);
            }
        });
        return new Places(places, poller);
    }

    /** Where to listen for one who asks for {@code wanted}. */
    SocketAddress actual(SocketAddress wanted) {
        Listener there = byWanted.get(wanted);
        return there == null ? wanted : there.address();
    }

    Collection<Listener> listeners() {
        return Set.copyOf(byWanted.values());
    }

    /** One of these that keeps {@code wanted} from being listened on: other interfaces of the same port, or another family. */
    Optional<Listener> inTheWayOf(SocketAddress wanted) {
        if (!(wanted instanceof InetSocketAddress inet)) {
            return Optional.empty();
        }
        return listeners().stream()
                .filter(each -> inet.getPort() != 0 && each.port() == inet.getPort())
                .findFirst();
    }
}
