package io.lws.spi;

import io.lws.loop.Poller;
import io.lws.net.ListeningSocket;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

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

    /**
     * The number of the descriptor below {@code channel}, which is open and does not block.
     *
     * @throws UnsupportedOperationException for pollers that know no descriptors
     */
    default int descriptor(SelectableChannel channel) throws IOException {
        throw new UnsupportedOperationException("the " + name() + " poller knows no descriptors by number");
    }

    /**
     * Has {@code channel}, which is made for IPv6, does not block and is not bound yet, take no callers of IPv4.
     *
     * @throws UnsupportedOperationException for pollers that know no descriptors
     */
    default void refuseIpv4(ServerSocketChannel channel) throws IOException {
        throw new UnsupportedOperationException("the " + name() + " poller knows no descriptors by number");
    }

    /**
     * Sends one byte and with it {@code fds}, at most 250, to the process at the other end of a unix socket. They stay
     * open here. Whoever reads there must do so with {@link #receiveDescriptors}.
     *
     * @throws UnsupportedOperationException for pollers that know no descriptors
     */
    default void sendDescriptors(SocketChannel to, int... fds) throws IOException {
        throw new UnsupportedOperationException("the " + name() + " poller passes no descriptors");
    }

    /**
     * Waits for that byte and answers numbers of this process's own for what came with it, not for child processes.
     *
     * @throws UnsupportedOperationException for pollers that know no descriptors
     * @throws java.io.EOFException where the other end closes instead
     */
    default int[] receiveDescriptors(SocketChannel from) throws IOException {
        throw new UnsupportedOperationException("the " + name() + " poller passes no descriptors");
    }
}
