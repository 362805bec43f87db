package io.lws.raw;

import io.lws.CloseInfo;
import io.lws.Log;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.loop.Interest;
import io.lws.loop.Pollable;
import io.lws.loop.Poller;
import io.lws.net.LoopNet;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/** A datagram channel and its session in one object. */
final class UdpSocket<S extends @Nullable Object> implements UdpSession<S>, Pollable {
    private static final Log LOG = Log.of("lws.raw");
    private static final int MAX_DATAGRAM_BYTES = 64 << 10;
    /** What is left of IP's 65535 behind its header and that of UDP. */
    private static final int MAX_SENT_BYTES = 65_507;
    /** Datagrams in a row before others get their turn. */
    private static final int BATCH = 64;

    private final LoopNet net;
    private final DatagramChannel channel;
    private final Vhost vhost;
    private final UdpProtocol<S> protocol;
    private final S pss;
    private final Runnable onLoopEnding = () -> end(CloseInfo.local(0, "context closing"));
    private Poller.@Nullable Registration registration;
    private int interest = Interest.READ;
    private boolean open = true;

    /** What all datagrams of a loop are received into. */
    private static final class Room {
        final ByteBuffer bytes = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    }

    private UdpSocket(LoopNet net, DatagramChannel channel, Vhost vhost, UdpProtocol<S> protocol) {
        this.net = net;
        this.channel = channel;
        this.vhost = vhost;
        this.protocol = protocol;
        pss = protocol.newPss();
    }

    static <S extends @Nullable Object> UdpSocket<S> open(
            LoopNet net, DatagramChannel channel, Vhost vhost, UdpProtocol<S> protocol) throws IOException {
        net.loop().assertInLoop();
        if (!channel.isOpen()) {
            throw new IllegalArgumentException("the channel is closed: " + channel);
        }
        if (channel.isRegistered()) {
            throw new IllegalStateException("a selector has the channel: " + channel);
        }
        channel.configureBlocking(false);
        UdpSocket<S> socket = new UdpSocket<>(net, channel, vhost, protocol);
        socket.registration = net.loop().poller().register(channel, Interest.READ, socket);
        net.whileServing(socket.onLoopEnding);
        net.loop().watchChanged();
        if (socket.open) {
            socket.guard(() -> protocol.onOpened(socket));
        }
        return socket;
    }

    @Override
    public void onReady(int ready) {
        if ((ready & Interest.WRITE) != 0) {
            watch(interest & ~Interest.WRITE);
            guard(() -> protocol.onWriteable(this));
        }
        if ((ready & Interest.READ) != 0) {
            receiveSome();
        }
    }

    private void receiveSome() {
        ByteBuffer into = net.perLoop(Room.class, Room::new).bytes;
        for (int i = 0; i < BATCH && open && (interest & Interest.READ) != 0; i++) {
            SocketAddress from;
            try {
                from = channel.receive(into.clear());
            } catch (PortUnreachableException e) {
                guard(() -> protocol.onRefused(this));
                return;
            } catch (IOException e) {
                end(CloseInfo.network(e));
                return;
            }
            if (from == null) {
                return;
            }
            into.flip();
            guard(() -> protocol.onDatagram(this, into, from));
        }
    }

    private void guard(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable e) {
            LOG.error(tag(), "a callback threw; its session is closed", e);
            end(CloseInfo.callback(e));
        }
    }

    private void watch(int wanted) {
        if (wanted != interest && registration != null) {
            interest = wanted;
            registration.interest(wanted);
            net.loop().watchChanged();
        }
    }

    private void end(CloseInfo info) {
        if (!open) {
            return;
        }
        open = false;
        net.forget(onLoopEnding);
        if (registration != null) {
            registration.cancel();
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn(tag(), "closing: " + e.getMessage());
        }
        try {
            protocol.onClosed(this, info);
        } catch (Throwable e) {
            LOG.error(tag(), "onClosed threw", e);
        }
    }

    // ---- session

    @Override
    public boolean send(ByteBuffer datagram, SocketAddress to) {
        net.loop().assertInLoop();
        int length = datagram.remaining();
        if (length > MAX_SENT_BYTES) {
            throw new IllegalArgumentException("no datagram has " + length + " bytes");
        }
        try {
            return open && (channel.send(datagram, to) > 0 || length == 0);
        } catch (AlreadyConnectedException e) {
            throw new IllegalArgumentException("connected to " + remoteAddress() + ", not to " + to, e);
        } catch (IOException e) {
            if (LOG.debugging()) {
                LOG.debug(tag(), "lost on the way to " + to + ": " + e.getMessage());
            }
            datagram.position(datagram.limit());
            return true;
        }
    }

    @Override
    public boolean send(ByteBuffer datagram) {
        SocketAddress peer = remoteAddress();
        if (peer == null) {
            throw new IllegalStateException("the socket is not connected: say where to");
        }
        return send(datagram, peer);
    }

    @Override
    public S pss() {
        return pss;
    }

    @Override
    public Vhost vhost() {
        return vhost;
    }

    @Override
    public EventLoop loop() {
        return net.loop();
    }

    @Override
    public String tag() {
        return "raw-udp|" + Integer.toHexString(System.identityHashCode(this));
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        try {
            return channel.getRemoteAddress();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        try {
            return channel.getLocalAddress();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void requestWriteable() {
        net.loop().assertInLoop();
        watch(interest | Interest.WRITE);
    }

    @Override
    public void pauseRx() {
        net.loop().assertInLoop();
        watch(interest & ~Interest.READ);
    }

    @Override
    public void resumeRx() {
        net.loop().assertInLoop();
        watch(interest | Interest.READ);
    }

    @Override
    public void execute(Runnable task) {
        loop().execute(() -> {
            if (open) {
                guard(task);
            }
        });
    }

    @Override
    public void close() {
        net.loop().assertInLoop();
        end(CloseInfo.local(0, "closed by the protocol"));
    }
}
