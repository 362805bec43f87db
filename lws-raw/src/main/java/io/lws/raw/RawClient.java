package io.lws.raw;

import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.net.Connection;
import io.lws.net.Connector;
import io.lws.net.LoopNet;
import io.lws.net.PlainTransport;
import io.lws.net.Resolver;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Makes an outgoing raw connection over TCP. For TLS the protocol calls {@link RawSession#startTls(
 * io.lws.tls.TlsClientConfig, String, int)}: in {@code onConnected} where the server speaks TLS from the start, later where
 * it is asked to (STARTTLS).
 */
public final class RawClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private RawClient() {}

    /**
     * Connects {@code loop}, on whose thread this is called and which must be one of the vhost's context, to {@code host},
     * a name or an address. Then {@code protocol} has a session, on that loop, from {@code onConnected} on; where there is
     * nobody, or not in 20 s, {@code onFailed} is told instead.
     */
    public static void connect(
            Vhost vhost,
            EventLoop loop,
            String host,
            int port,
            RawProtocol<?> protocol,
            Consumer<IOException> onFailed) {
        loop.assertInLoop();
        LoopNet net = vhost.context().nets().stream()
                .filter(each -> each.loop() == loop)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a loop of another context"));
        Connector.connect(loop, Resolver.system(), host, port, TIMEOUT, new Connector.Outcome() {
            @Override
            public void onConnected(SocketChannel channel) {
                try {
                    Connection.open(
                            net,
                            new PlainTransport(channel),
                            connection -> RawConnection.open(connection, vhost, protocol));
                } catch (IOException e) {
                    onFailed.accept(e);
                }
            }

            @Override
            public void onFailed(IOException why) {
                onFailed.accept(why);
            }
        });
    }
}
