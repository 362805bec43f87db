package io.lws.net;

import io.lws.loop.EventLoop;
import io.lws.loop.Interest;
import io.lws.loop.Pollable;
import io.lws.loop.Poller;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A connected stream socket (TCP or unix) as it is. */
public final class PlainTransport implements Transport, Pollable {
    private final SocketChannel channel;
    private Poller.@Nullable Registration registration;
    private @Nullable Events above;
    private boolean reset;

    /** Takes over {@code channel}, which must be connected and non-blocking. */
    public PlainTransport(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public void open(EventLoop loop, Events events) throws IOException {
        above = events;
        registration = loop.poller().register(channel, Interest.READ, this);
    }

    @Override
    public void tell(Events events) {
        above = events;
    }

    @Override
    public void onReady(int ready) {
        Events events = above;
        if (events == null) {
            return;
        }
        if ((ready & Interest.WRITE) != 0) {
            events.onWriteable();
        }
        if ((ready & Interest.READ) != 0) {
            events.onReadable();
        }
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        return channel.read(dst);
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        return channel.write(src);
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        return file.transferTo(position, count, channel);
    }

    @Override
    public void interest(int interest) {
        Poller.Registration key = registration;
        if (key != null) {
            key.interest(interest);
        }
    }

    @Override
    public void resetUnlessEnded() {
        reset = true;
        linger(0);
    }

    @Override
    public void shutdownOutput() throws IOException {
        if (reset) {
            reset = false;
            linger(-1); // else the close that follows would throw away what is still on its way
        }
        channel.shutdownOutput();
    }

    /** How long the kernel still sends after a close: 0 = not at all, with a reset; negative = in its own time. */
    private void linger(int seconds) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, seconds);
        } catch (IOException | UnsupportedOperationException e) {
            // the peer has gone, or this kind of socket knows no reset
            return;
        }
    }

    @Override
    public void close() {
        above = null;
        if (registration != null) {
            registration.cancel();
        }
        try {
            channel.close();
        } catch (IOException e) {
            // the descriptor is gone either way, and nobody can do anything about it
            return;
        }
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
}
