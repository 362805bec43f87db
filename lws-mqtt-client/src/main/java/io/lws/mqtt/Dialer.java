package io.lws.mqtt;

import io.lws.CloseInfo;
import io.lws.mqtt.packet.ReasonCode;
import io.lws.net.Connection;
import io.lws.net.LoopNet;
import io.lws.net.Proxy;
import io.lws.net.ProxyConnecting;
import io.lws.net.Transport;
import io.lws.spi.RoleConnection;
import io.lws.tls.TlsInfo;
import io.lws.tls.TlsUpgrade;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes the connections of a session, to where the options say or to where the broker has sent us (4.11): the socket,
 * then what stands between it and the broker in this order, each by a role that makes way for the next: proxy, TLS,
 * WebSocket.
 */
final class Dialer {
    private static final int MAX_REDIRECTS = 5;
    /** Whoever has kept us for so long may send us on as if for the first time. */
    private static final long HELD_NS = Duration.ofSeconds(10).toNanos();

    private final LoopNet net;
    private final MqttOptions options;
    private final ClientSession<?> session;
    private final Reach reach;
    private String host;
    private int port;
    private @Nullable SocketAddress address;
    private int redirects;
    private long arrivedNs = Long.MAX_VALUE;
    private @Nullable Runnable reaching;
    private @Nullable Connection opening;

    Dialer(LoopNet net, MqttOptions options, ClientSession<?> session, Reach reach) {
        this.net = net;
        this.options = options;
        this.session = session;
        this.reach = reach;
        host = options.host();
        port = options.port();
        address = options.address();
    }

    void dial() {
        Proxy proxy = options.proxy();
        Reach.Target target = proxy == null
                ? new Reach.Target(host, port, address)
                : new Reach.Target(proxy.host(), proxy.port(), null);
        reaching = reach.begin(net, target, new Attempt());
    }

    void cancel() {
        Runnable giveUp = reaching;
        reaching = null;
        if (giveUp != null) {
            giveUp.run();
        }
        Connection half = opening;
        opening = null;
        if (half != null) {
            half.abort(CloseInfo.local(0, "the session has ended"));
        }
    }

    /** A connection was taken. */
    void arrived(long nowNs) {
        arrivedNs = nowNs;
    }

    /** Where we were sent nobody lets us in: the next attempt is to where the options say. */
    void goHome() {
        host = options.host();
        port = options.port();
        address = options.address();
        redirects = 0;
    }

    /** Goes to {@code reference}, HOST or HOST:PORT, next. True when at once, which brokers get a few times in a row. */
    boolean redirect(int reasonCode, @Nullable String reference, long nowNs) {
        boolean asked = reasonCode == ReasonCode.USE_ANOTHER_SERVER || reasonCode == ReasonCode.SERVER_MOVED;
        if (!asked || reference == null) {
            return false;
        }
        if (arrivedNs != Long.MAX_VALUE && nowNs - arrivedNs >= HELD_NS) {
            redirects = 0;
        }
        arrivedNs = Long.MAX_VALUE;
        ServerReference to = ServerReference.parse(reference, options.port());
        if (to == null) {
            return false;
        }
        host = to.host();
        port = to.port();
        address = null;
        if (redirects == MAX_REDIRECTS) {
            return false;
        }
        redirects++;
        return true;
    }

    /** One connection, from the socket to the MQTT role. */
    private final class Attempt implements Reach.Outcome, ProxyConnecting.Next, TlsUpgrade.Next {
        @Override
        public void onReached(Transport transport) {
            reaching = null;
            try {
                Connection opened = Connection.open(net, transport, this::firstRole);
                opening = opened.role() instanceof MqttConnection ? null : opened;
            } catch (IOException | RuntimeException e) {
                session.onDialFailed(CloseInfo.network(e));
            }
        }

        private RoleConnection firstRole(Connection connection) {
            Proxy proxy = options.proxy();
            return proxy == null
                    ? secured(connection)
                    : ProxyConnecting.through(proxy, host, port, options.connectTimeout(), this)
                            .make(connection);
        }

        @Override
        public RoleConnection onThrough(Connection through) {
            return secured(through);
        }

        private RoleConnection secured(Connection connection) {
            return options.tls() == null
                    ? spoken(connection)
                    : TlsUpgrade.connecting(options.tls(), host, port, this).make(connection);
        }

        @Override
        public RoleConnection onSecured(Connection secure, TlsInfo info) {
            return spoken(secure);
        }

        private RoleConnection spoken(Connection connection) {
            String path = options.webSocketPath();
            if (path == null) {
                opening = null;
                return session.begin(connection);
            }
            return WsStream.asking(
                            connection,
                            uri(path),
                            session.vhost(),
                            options.connectTimeout(),
                            this::inside,
                            this::onFailed)
                    .make(connection);
        }

        private RoleConnection inside(Connection onTop) {
            opening = null;
            return session.begin(onTop);
        }

        private String uri(String path) {
            String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
            return (options.tls() == null ? "ws://" : "wss://") + bracketed + ":" + port + path;
        }

        @Override
        public void onFailed(CloseInfo info) {
            opening = null;
            session.onDialFailed(info);
        }

        @Override
        public void onUnreachable(IOException why) {
            reaching = null;
            session.onDialFailed(CloseInfo.network(why));
        }
    }
}
