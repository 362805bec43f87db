package io.lws.mqtt;

import io.lws.loop.EventLoop;
import io.lws.net.Connector;
import io.lws.net.LoopNet;
import io.lws.net.PlainTransport;
import io.lws.net.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Reaches the other end: the seam below which there are sockets. */
@FunctionalInterface
interface Reach {
    /** Who waits; one of the two, once. */
    interface Outcome {
        void onReached(Transport transport);

        void onUnreachable(IOException why);
    }

    /** Where to: {@code address} goes before host and port. */
    record Target(String host, int port, @Nullable SocketAddress address) {}

    /** Begins; what it returns makes it give up. On the loop. */
    Runnable begin(LoopNet net, Target target, Outcome outcome);

    /** TCP and unix sockets. */
    static Reach sockets(MqttOptions options) {
        return (net, target, outcome) -> {
            Connector.Outcome connected = new Connector.Outcome() {
                @Override
                public void onConnected(SocketChannel channel) {
                    outcome.onReached(new PlainTransport(channel));
                }

                @Override
                public void onFailed(IOException why) {
                    outcome.onUnreachable(why);
                }
            };
            EventLoop loop = net.loop();
            SocketAddress fixed = target.address();
            Connector connector = fixed != null
                    ? Connector.connect(loop, fixed, options.connectTimeout(), connected)
                    : Connector.connect(
                            loop,
                            options.resolver(),
                            target.host(),
                            target.port(),
                            options.connectTimeout(),
                            connected);
            return connector::cancel;
        };
    }
}
