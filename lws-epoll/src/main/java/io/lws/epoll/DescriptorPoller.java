package io.lws.epoll;

import io.lws.net.Acceptor;
import io.lws.net.SocketPoller;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.function.BooleanSupplier;

/** What the two pollers of this module have in common. */
interface DescriptorPoller extends SocketPoller {
    /** The one that watches what the other has no way of its own for; perhaps itself. */
    EpollPoller epoll();

    /** What takes callers from the listening {@code fd}, which stays its owner's, while {@code isOpen}. */
    Acceptor acceptor(int fd, SocketAddress address, BooleanSupplier isOpen) throws IOException;
}
