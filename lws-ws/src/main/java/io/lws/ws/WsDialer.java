package io.lws.ws;

import io.lws.net.Connector;
import io.lws.net.LoopNet;
import io.lws.net.PlainTransport;
import io.lws.net.Resolver;
import io.lws.net.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reaches the other end for a client: the seam below which there are sockets. */
@FunctionalInterface
interface WsDialer {
    /** Who waits; one of the two, once. */
    interface Outcome {
        void onReached(Transport transport);

        void onUnreachable(IOException why);
    }

    /** Begins; what it returns makes it give up. On the loop. */
    Runnable dial(LoopNet net, String host, int port, Outcome outcome);

    /** Over TCP to the host, or to {@code fixed} whatever the host is. */
    static WsDialer sockets(Resolver resolver, @Nullable SocketAddress fixed, Duration timeout) {
        return (net, host, port, outcome) -> {
            Connector.Outcome sockets = new Connector.Outcome() {
                @Override
                public void onConnected(SocketChannel channel) {
                    outcome.onReached(new PlainTransport(channel));
                }

                @Override
                public void onFailed(IOException why) {
                    outcome.onUnreachable(why);
                }
            };
            Connector connector = fixed != null
                    ? Connector.connect(net.loop(), fixed, timeout, sockets)
                    : Connector.connect(net.loop(), resolver, host, port, timeout, sockets);
            return connector::cancel;
        };
    }
}
