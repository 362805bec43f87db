package io.lws.net;

import io.lws.loop.Pollable;
import io.lws.loop.Poller;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;

/**
 * A poller that serves sockets without the JDK's channels: it accepts by itself what a listener hears, and knows the
 * numbers of file descriptors. Loop's thread.
 */
public interface SocketPoller extends Poller {
    /** What takes callers from {@code channel}, which stays its owner's and is non-blocking. */
    Acceptor acceptor(ServerSocketChannel channel) throws IOException;

    /**
     * A transport over a connected stream socket, pipe, tty or other descriptor that bytes come out of, to be opened on
     * a loop with a poller of this kind. It owns {@code fd} from now on and closes it.
     *
     * @throws IllegalArgumentException where {@code fd} is not open, or nothing that can be waited for
     */
    Transport transport(int fd);

    /**
     * Watches a descriptor of any kind that can be waited for; level triggered. It stays the caller's, who closes it
     * after the registration is cancelled.
     */
    Registration register(int fd, int interest, Pollable target) throws IOException;
}
