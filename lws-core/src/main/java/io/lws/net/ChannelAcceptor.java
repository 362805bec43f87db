package io.lws.net;

import io.lws.loop.Interest;
import io.lws.loop.Pollable;
import io.lws.loop.Poller;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Accepts by way of the JDK's channel, with any poller. */
final class ChannelAcceptor implements Acceptor {
    private final Poller poller;
    private final ServerSocketChannel channel;
    private Poller.@Nullable Registration registration;

    ChannelAcceptor(Poller poller, ServerSocketChannel channel) {
        this.poller = poller;
        this.channel = channel;
    }

    @Override
    public void open(Pollable target) throws IOException {
        registration = poller.register(channel, Interest.ACCEPT, target);
    }

    @Override
    public @Nullable Transport accept() throws IOException {
        while (true) {
            SocketChannel accepted = channel.accept();
            if (accepted == null) {
                return null;
            }
            try {
                accepted.configureBlocking(false);
                if (channel.getLocalAddress() instanceof java.net.InetSocketAddress) {
                    accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
                }
                return new PlainTransport(accepted);
            } catch (IOException e) {
                // reset between the kernel's queue and here
                accepted.close();
            }
        }
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

    @Override
    public void unwatch() throws IOException {
        close();
        poller.forgetCancelled();
    }

    @Override
    public void close() {
        if (registration != null) {
            registration.cancel();
            registration = null;
        }
    }
}
