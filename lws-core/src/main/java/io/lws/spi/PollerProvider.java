package io.lws.spi;

import io.lws.loop.Poller;
import io.lws.net.ListeningSocket;
import java.io.IOException;

/** Makes pollers of one kind, such as {@code epoll}; found by {@link java.util.ServiceLoader}, chosen by name. */
public interface PollerProvider {
    /** The name it is chosen by. */
    String name();

    /** Among the available ones the highest is the automatic choice; {@code nio} is 0. */
    int priority();

    /** Whether it works on this system; must not throw. */
    boolean available();

    Poller open() throws IOException;

    /**
     * As {@link #open()}, with what stands behind the colon of a name such as {@code epoll:level}.
     *
     * @throws IllegalArgumentException for options it does not know
     */
    default Poller open(String options) throws IOException {
        if (!options.isEmpty()) {
            throw new IllegalArgumentException("the " + name() + " poller takes no options, not " + options);
        }
        return open();
    }

    /**
     * Takes over a listening socket by the number of its descriptor, to be served by pollers of this kind.
     *
     * @throws UnsupportedOperationException for pollers that know no descriptors
     * @throws IllegalArgumentException for a descriptor that does not listen
     */
    default ListeningSocket listening(int fd) throws IOException {
        throw new UnsupportedOperationException("the " + name() + " poller knows no descriptors by number");
    }
}
