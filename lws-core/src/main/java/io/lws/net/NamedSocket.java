package io.lws.net;

import io.lws.loop.EventLoop;
import io.lws.spi.PollerProvider;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;

/** A socket that came from another process together with its name, which goes when it is closed. */
record NamedSocket(ListeningSocket below) implements ListeningSocket {
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
    public void close() throws IOException {
        boolean first = isOpen();
        below.close();
        if (first && address() instanceof UnixDomainSocketAddress unix) {
            Files.deleteIfExists(unix.getPath());
        }
    }

    @Override
    public void leave() throws IOException {
        below.leave();
    }

    @Override
    public boolean ownsName() {
        return true;
    }

    @Override
    public int descriptor(PollerProvider provider) throws IOException {
        return below.descriptor(provider);
    }
}
