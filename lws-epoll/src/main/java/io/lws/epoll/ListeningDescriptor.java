package io.lws.epoll;

import io.lws.IpFamilies;
import io.lws.loop.EventLoop;
import io.lws.net.Acceptor;
import io.lws.net.ListeningSocket;
import io.lws.spi.PollerProvider;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A listening socket known by its number alone, such as systemd passes it. */
final class ListeningDescriptor implements ListeningSocket {
    private static final int SOL_SOCKET = 1;
    private static final int SO_ACCEPTCONN = 30;
    private static final int O_NONBLOCK = 0x800;

    private final int fd;
    private final SocketAddress address;
    private final @Nullable IpFamilies families;
    private volatile boolean open = true;

    ListeningDescriptor(int fd) {
        Calls calls = new Calls();
        SocketAddress bound =
                calls.option(fd, SOL_SOCKET, SO_ACCEPTCONN) == 1 ? SocketAddresses.local(calls, fd) : null;
        if (bound == null) {
            throw new IllegalArgumentException("descriptor " + fd + " does not listen");
        }
        calls.control(fd, Calls.F_SETFL, calls.control(fd, Calls.F_GETFL, 0) | O_NONBLOCK);
        this.fd = fd;
        address = bound;
        families = families(calls, fd, bound);
    }

    private static @Nullable IpFamilies families(Calls calls, int fd, SocketAddress bound) {
        if (!(bound instanceof InetSocketAddress inet)) {
            return null;
        }
        if (inet.getAddress() instanceof Inet4Address) {
            return IpFamilies.IPV4;
        }
        return switch (calls.option(fd, Calls.IPPROTO_IPV6, Calls.IPV6_V6ONLY)) {
            case 0 -> IpFamilies.BOTH;
            case 1 -> IpFamilies.IPV6;
            default -> null; // the call has failed
        };
    }

    @Override
    public SocketAddress address() {
        return address;
    }

    @Override
    public @Nullable IpFamilies families() {
        return families;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public Acceptor acceptor(EventLoop loop) throws IOException {
        if (!(loop.poller() instanceof DescriptorPoller own)) {
            throw new IOException("descriptor " + fd + " cannot be served by the "
                    + loop.poller().name() + " poller; epoll can");
        }
        return own.acceptor(fd, address, this::isOpen);
    }

    @Override
    public int descriptor(PollerProvider provider) {
        return fd;
    }

    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            new Calls().close(fd);
        }
    }
}
