package io.lws.net;

import io.lws.spi.PollerProvider;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Passes listening sockets to another process over a unix socket (SCM_RIGHTS). Both processes then hold the same socket
 * with the same queue of callers: either may accept, and as long as one holds it nobody is refused. The one that gives
 * ends with {@link Listener#leave}, not with {@link Listener#close}, which would hang up for both.
 *
 * <p>The unix socket must block, and what else is said over it must be read to the byte before {@link #receive}.
 */
public final class SocketHandover {
    private static final int FIRST_JDK = 22;

    private SocketHandover() {}

    /** Why this process can neither give nor take, or nothing where it can. */
    public static Optional<String> obstacle() {
        if (PassedSockets.provider().isPresent()) {
            return Optional.empty();
        }
        int jdk = Runtime.version().feature();
        return Optional.of(
                jdk < FIRST_JDK
                        ? "Java " + jdk + " passes no sockets between processes; it takes Java " + FIRST_JDK
                                + " or newer, on Linux, with lws-epoll"
                        : "sockets are passed between processes on Linux alone, and with lws-epoll");
    }

    /** Sends all sockets of {@code listener}, which goes on to serve. */
    public static void send(SocketChannel to, Listener listener) throws IOException {
        PollerProvider provider = provider();
        List<ListeningSocket> sockets = listener.sockets();
        int[] fds = new int[sockets.size()];
        for (int i = 0; i < fds.length; i++) {
            fds[i] = sockets.get(i).descriptor(provider);
        }
        provider.sendDescriptors(to, fds);
    }

    /** Whether the name of a unix socket belongs to {@code listener} and goes with it. */
    public static boolean ownsName(Listener listener) {
        return listener.sockets().get(0).ownsName();
    }

    /** Takes what one {@link #send} has sent. {@code ownsName} is what {@link #ownsName} said over there. */
    public static Listener receive(SocketChannel from, boolean ownsName) throws IOException {
        PollerProvider provider = provider();
        List<ListeningSocket> sockets = new ArrayList<>();
        try {
            for (int fd : provider.receiveDescriptors(from)) {
                ListeningSocket socket = provider.listening(fd);
                sockets.add(ownsName ? new NamedSocket(socket) : socket);
            }
        } catch (IllegalArgumentException e) {
            for (ListeningSocket each : sockets) {
                each.leave();
            }
            throw new IOException("what came is no listening socket: " + e.getMessage(), e);
        }
        if (sockets.isEmpty()) {
            throw new IOException("no socket came");
        }
        return Listener.of(sockets);
    }

    private static PollerProvider provider() {
        return PassedSockets.provider()
                .orElseThrow(() -> new UnsupportedOperationException(obstacle().orElse("")));
    }
}
