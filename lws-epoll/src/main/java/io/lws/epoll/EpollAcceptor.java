package io.lws.epoll;

import io.lws.loop.Interest;
import io.lws.loop.Pollable;
import io.lws.loop.Poller;
import io.lws.net.Acceptor;
import io.lws.net.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Accepts with accept4 on a number of its own for the listener's socket, so that the channel may be closed by another
 * thread without another socket ever answering to the number used here.
 */
final class EpollAcceptor implements Acceptor {
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;

    private final EpollPoller poller;
    private final BooleanSupplier isOpen;
    private final IntFunction<Transport> sockets;
    private final int fd;
    private Poller.@Nullable Registration registration;
    private volatile boolean closed;

    EpollAcceptor(
            EpollPoller poller,
            int listening,
            SocketAddress address,
            BooleanSupplier isOpen,
            IntFunction<Transport> sockets)
            throws IOException {
        this.poller = poller;
        this.isOpen = isOpen;
        this.sockets = sockets;
        fd = poller.calls().duplicate(listening);
        if (fd < 0) {
            throw Errno.failure("duplicating a listening descriptor", -fd);
        }
        if (address instanceof InetSocketAddress) {
            // who is accepted inherits it
            poller.calls().setOption(fd, IPPROTO_TCP, TCP_NODELAY, 1);
        }
    }

    @Override
    public void open(Pollable target) throws IOException {
        registration = poller.register(fd, Interest.ACCEPT, target);
    }

    @Override
    public @Nullable Transport accept() throws IOException {
        while (isOpen.getAsBoolean() && !closed) {
            int accepted = poller.calls().accept(fd);
            if (accepted >= 0) {
                return sockets.apply(accepted);
            }
            if (accepted == -Errno.EAGAIN || accepted == -Errno.EINVAL) {
                return null; // nobody waits, or hung up and about to be closed
            }
            if (accepted != -Errno.ECONNABORTED && accepted != -Errno.EINTR) {
                throw Errno.failure("accept", -accepted);
            }
        }
        return null;
    }

    @Override
    public void pause() {
        interest(Interest.NONE);
    }

    @Override
    public void resume() {
        interest(Interest.ACCEPT);
    }

    private void interest(int interest) {
        if (registration != null) {
            registration.interest(interest);
        }
    }

    /** The number of its own is still open: it is closed together with the listener's. */
    @Override
    public void unwatch() {
        if (registration != null) {
            registration.cancel();
            registration = null;
        }
    }

    @Override
    public synchronized void hangUp() {
        if (!closed) {
            // the channel's number is not the last: without this, callers would queue here until the loop comes round
            new Calls().shutdown(fd, Calls.SHUT_RDWR);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            if (registration != null) {
                registration.cancel();
            }
            poller.forgetAcceptor(this);
            poller.calls().close(fd);
        }
    }
}
