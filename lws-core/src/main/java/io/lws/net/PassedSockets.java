package io.lws.net;

import io.lws.spi.PollerProvider;
import io.lws.spi.PollersFound;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Listening sockets that whoever started this process has opened for it, so that nobody is refused while it starts or
 * starts again (socket activation).
 */
public final class PassedSockets {
    private static final int FIRST_FD = 3;
    private static final String PID = "LISTEN_PID";

    private PassedSockets() {}

    /**
     * Those of systemd's protocol ({@code LISTEN_PID}, {@code LISTEN_FDS}: descriptors from 3 on), in its order, for which
     * a poller that knows descriptors must be there, such as epoll; else the one in the place of standard input (inetd, systemd's
     * {@code StandardInput=socket}), which every poller can serve; else none. To be called once.
     *
     * @throws IllegalStateException where sockets were passed and no poller here can take them
     */
    public static List<Listener> listeners() throws IOException {
        Map<String, String> env = System.getenv();
        // asking for the number of the process takes more than all the rest of this
        int count = env.containsKey(PID) ? passed(env, ProcessHandle.current().pid()) : 0;
        if (count == 0) {
            return System.inheritedChannel() instanceof ServerSocketChannel channel
                    ? List.of(Listener.adopt(channel))
                    : List.of();
        }
        PollerProvider provider = provider()
                .orElseThrow(() -> new IllegalStateException(count
                        + " sockets were passed, but there is no poller that knows descriptors; lws-epoll has one"));
        List<Listener> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(Listener.adopt(provider.listening(FIRST_FD + i)));
        }
        return all;
    }

    /** What knows descriptors by their numbers here, if anything does. */
    static Optional<PollerProvider> provider() {
        return PollersFound.look().providers().stream()
                .filter(PollerProvider::available)
                .findFirst();
    }

    /** The same. @throws IOException where nothing does */
    static PollerProvider required() throws IOException {
        return provider().orElseThrow(() -> new IOException("it takes lws-epoll, on Java 22 or newer and Linux"));
    }

    /** How many; what was passed to the parent of this process is not for this one. */
    static int passed(Map<String, String> env, long pid) {
        if (!Long.toString(pid).equals(env.get(PID))) {
            return 0;
        }
        try {
            return Math.max(0, Integer.parseInt(env.getOrDefault("LISTEN_FDS", "0")));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
