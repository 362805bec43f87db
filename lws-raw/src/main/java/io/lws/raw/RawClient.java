package io.lws.raw;

import io.lws.CloseInfo;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.net.Connection;
import io.lws.net.Connector;
import io.lws.net.LoopNet;
import io.lws.net.PlainTransport;
import io.lws.net.Resolver;
import io.lws.spi.RoleConnection;
import io.lws.tls.TlsClientConfig;
import io.lws.tls.TlsInfo;
import io.lws.tls.TlsUpgrade;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes raw connections to one place, in plain text or with TLS from the first byte. Immutable; any thread. */
public final class RawClient {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(20);

    private final String host;
    private final int port;
    private final @Nullable SocketAddress address;
    private final @Nullable TlsClientConfig tls;
    private final Duration timeout;

    private RawClient(
            String host, int port, @Nullable SocketAddress address, @Nullable TlsClientConfig tls, Duration timeout) {
        this.host = host;
        this.port = port;
        this.address = address;
        this.tls = tls;
        this.timeout = timeout;
    }

    /** To a TCP port of {@code host}, a name or an address. */
    public static RawClient to(String host, int port) {
        return new RawClient(host, port, null, null, DEFAULT_TIMEOUT);
    }

    /** To an address, TCP or unix. */
    public static RawClient to(SocketAddress address) {
        return new RawClient("localhost", 0, address, null, DEFAULT_TIMEOUT);
    }

    /** With TLS; the certificate must be for the host. */
    public RawClient tls(TlsClientConfig config) {
        return new RawClient(host, port, address, config, timeout);
    }

    /** How long it may take to be connected. */
    public RawClient timeout(Duration limit) {
        return new RawClient(host, port, address, tls, limit);
    }

    /**
     * Connects on {@code net}'s loop. Completes there: with the session, whose {@code onConnected} comes next; or with
     * what went wrong, and then {@code protocol} hears nothing. Any thread.
     */
    public <S extends @Nullable Object> CompletableFuture<RawSession<S>> connect(
            LoopNet net, Vhost vhost, RawProtocol<S> protocol) {
        Attempt<S> attempt = new Attempt<>(net, vhost, protocol);
        net.loop().execute(attempt);
        return attempt.result;
    }

    /**
     * Connects {@code loop}, on whose thread this is called and which must be one of the vhost's context, to {@code host}.
     * Then {@code protocol} has a session, on that loop; where there is nobody {@code onFailed} is told instead, there too.
     */
    public static <S extends @Nullable Object> void connect(
            Vhost vhost,
            EventLoop loop,
            String host,
            int port,
            RawProtocol<S> protocol,
            Consumer<IOException> onFailed) {
        loop.assertInLoop();
        LoopNet net = vhost.context().nets().stream()
                .filter(each -> each.loop() == loop)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a loop of another context"));
        var unused = to(host, port).connect(net, vhost, protocol).exceptionally(failure -> {
            onFailed.accept(failure instanceof IOException io ? io : new IOException(failure));
            return null;
        });
    }

    private final class Attempt<S extends @Nullable Object>
            implements EventLoop.Task, Connector.Outcome, TlsUpgrade.Next {
        private final CompletableFuture<RawSession<S>> result = new CompletableFuture<>();
        private final LoopNet net;
        private final Vhost vhost;
        private final RawProtocol<S> protocol;
        private @Nullable Connector connector;
        private final Runnable cancel = this::cancel;

        Attempt(LoopNet net, Vhost vhost, RawProtocol<S> protocol) {
            this.net = net;
            this.vhost = vhost;
            this.protocol = protocol;
        }

        @Override
        public void run() {
            connector = address == null
                    ? Connector.connect(net.loop(), Resolver.system(), host, port, timeout, this)
                    : Connector.connect(net.loop(), address, timeout, this);
            net.whileServing(cancel);
        }

        private void cancel() {
            if (connector != null) {
                connector.cancel();
            }
            dropped();
        }

        @Override
        public void dropped() {
            result.completeExceptionally(new IOException("the context closes"));
        }

        @Override
        public void onConnected(SocketChannel channel) {
            net.forget(cancel);
            try {
                Connection.open(net, new PlainTransport(channel), this::role);
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        }

        private RoleConnection role(Connection connection) {
            return tls == null
                    ? begin(connection)
                    : TlsUpgrade.connecting(tls, host, port, this).make(connection);
        }

        private RoleConnection begin(Connection connection) {
            RawConnection<S> raw = RawConnection.open(connection, vhost, protocol, RawConnection.Side.CLIENT);
            result.complete(raw);
            return raw;
        }

        @Override
        public RoleConnection onSecured(Connection connection, TlsInfo info) {
            return begin(connection);
        }

        @Override
        public void onFailed(CloseInfo info) {
            result.completeExceptionally(new IOException(info.reason(), info.cause()));
        }

        @Override
        public void onFailed(IOException why) {
            net.forget(cancel);
            result.completeExceptionally(why);
        }
    }
}
