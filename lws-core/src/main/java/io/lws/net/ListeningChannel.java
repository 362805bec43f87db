package io.lws.net;

import io.lws.IpFamilies;
import io.lws.loop.EventLoop;
import io.lws.spi.PollerProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A listening socket of the JDK's, which every poller can serve. */
final class ListeningChannel implements ListeningSocket {
    private final ServerSocketChannel channel;
    private final SocketAddress address;
    private final Origin origin;

    /** Who has bound it. */
    private enum Origin {
        BOUND,
        ADOPTED
    }

    /** Whether the port may be bound more than once. */
    private enum Port {
        ALONE,
        SHARED
    }

    private ListeningChannel(ServerSocketChannel channel, SocketAddress address, Origin origin) {
        this.channel = channel;
        this.address = address;
        this.origin = origin;
    }

    static ListeningSocket bind(SocketAddress address, int backlog, IpFamilies families) throws IOException {
        ListeningChannel bound = bind(address, backlog, families, Port.ALONE);
        return address instanceof UnixDomainSocketAddress ? new NamedSocket(bound) : bound;
    }

    /** As many sockets on one port, among which the kernel divides the callers; one where it cannot. */
    static List<ListeningSocket> share(SocketAddress address, int backlog, IpFamilies families, int count)
            throws IOException {
        if (count == 1 || !canShare(address)) {
            return List.of(bind(address, backlog, families));
        }
        List<ListeningSocket> all = new ArrayList<>();
        try {
            ListeningChannel first = bind(address, backlog, families, Port.SHARED);
            all.add(first);
            while (all.size() < count) {
                all.add(bind(first.address, backlog, families, Port.SHARED));
            }
            return all;
        } catch (IOException e) {
            for (ListeningSocket each : all) {
                each.close();
            }
            throw e;
        }
    }

    private static boolean canShare(SocketAddress address) throws IOException {
        try (ServerSocketChannel probe = ServerSocketChannel.open()) {
            return address instanceof InetSocketAddress
                    && probe.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
        }
    }

    private static ListeningChannel bind(SocketAddress address, int backlog, IpFamilies families, Port port)
            throws IOException {
        ServerSocketChannel channel = unbound(address, families);
        try {
            if (!(address instanceof UnixDomainSocketAddress)) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            }
            if (port == Port.SHARED) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.configureBlocking(false);
            if (families == IpFamilies.IPV6 && IpFamilies.isEveryInterface(address)) {
                PassedSockets.required().refuseIpv4(channel);
            }
            channel.bind(families.listening(address), backlog);
            return new ListeningChannel(channel, channel.getLocalAddress(), Origin.BOUND);
        } catch (IOException | RuntimeException e) {
            channel.close();
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException("cannot listen on " + address + ": " + why, e);
        }
    }

    /** One that takes both families, if the system can, unless told otherwise. */
    private static ServerSocketChannel unbound(SocketAddress address, IpFamilies families) throws IOException {
        if (address instanceof UnixDomainSocketAddress) {
            return ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        }
        if (families == IpFamilies.BOTH || !IpFamilies.isEveryInterface(address)) {
            return ServerSocketChannel.open();
        }
        try {
            return ServerSocketChannel.open(
                    families == IpFamilies.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        } catch (UnsupportedOperationException e) {
            throw new IOException("cannot listen on " + address + ": the system has no " + families, e);
        }
    }

    static ListeningChannel adopt(ServerSocketChannel channel) throws IOException {
        if (channel.isRegistered()) {
            throw new IllegalStateException("the channel is registered with a selector: " + channel);
        }
        SocketAddress address = channel.isOpen() ? channel.getLocalAddress() : null;
        if (address == null) {
            throw new IllegalArgumentException("the channel does not listen: " + channel);
        }
        channel.configureBlocking(false);
        return new ListeningChannel(channel, address, Origin.ADOPTED);
    }

    @Override
    public SocketAddress address() {
        return address;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public Acceptor acceptor(EventLoop loop) throws IOException {
        return loop.poller() instanceof SocketPoller own
                ? own.acceptor(channel)
                : new ChannelAcceptor(loop.poller(), channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public boolean mayBeShared() {
        return origin == Origin.ADOPTED;
    }

    @Override
    public int descriptor(PollerProvider provider) throws IOException {
        return provider.descriptor(channel);
    }
}
