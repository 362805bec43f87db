package io.lws.net;

import io.lws.loop.EventLoop;
import io.lws.spi.PollerProvider;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A unix socket together with its name, bound here or come from another process. The name goes before the socket is
 * closed: the kernel would leave it behind, in the way of the next, and whoever listens there next keeps theirs.
 */
final class NamedSocket implements ListeningSocket {
    private final ListeningSocket below;
    private final AtomicBoolean named = new AtomicBoolean(true);

    NamedSocket(ListeningSocket below) {
        this.below = below;
    }

    @Override
    public SocketAddress address() {
        return below.address();
    }

    @Override
    public boolean isOpen() {
        return below.isOpen();
    }

    @Override
    public Acceptor acceptor(EventLoop loop) throws IOException {
        return below.acceptor(loop);
    }

    @Override
    public void withdraw() throws IOException {
        if (named.getAndSet(false) && address() instanceof UnixDomainSocketAddress unix) {
            Files.deleteIfExists(unix.getPath());
        }
    }

    @Override
    public void close() throws IOException {
        try {
            withdraw();
        } finally {
            below.close();
        }
    }

    @Override
    public void leave() throws IOException {
        named.set(false);
        below.leave();
    }

    @Override
    public boolean ownsName() {
        return true;
    }

    @Override
    public boolean mayBeShared() {
        return below.mayBeShared();
    }

    @Override
    public int descriptor(PollerProvider provider) throws IOException {
        return below.descriptor(provider);
    }
}
