package io.lws.mqtt;

import io.lws.CloseInfo;
import io.lws.mqtt.packet.ReasonCode;
import io.lws.net.Connection;
import io.lws.net.Connector;
import io.lws.net.LoopNet;
import io.lws.net.PlainTransport;
import io.lws.net.Resolver;
import io.lws.spi.RoleConnection;
import io.lws.tls.TlsInfo;
import io.lws.tls.TlsUpgrade;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Makes the connections of a session, to where the options say or to where the broker has sent us (4.11). */
final class Dialer implements Connector.Outcome {
    private static final int MAX_REDIRECTS = 5;

    private final LoopNet net;
    private final MqttOptions options;
    private final ClientSession<?> session;
    private String host;
    private int port;
    private @Nullable SocketAddress address;
    private int redirects;
    private @Nullable Connector connector;

    Dialer(LoopNet net, MqttOptions options, ClientSession<?> session) {
        this.net = net;
        this.options = options;
        this.session = session;
        host = options.host();
        port = options.port();
        address = options.address();
    }

    void dial() {
        SocketAddress to = address;
        connector = to != null
                ? Connector.connect(net.loop(), to, options.connectTimeout(), this)
                : Connector.connect(net.loop(), resolver(), host, port, options.connectTimeout(), this);
    }

    private Resolver resolver() {
        return options.resolver();
    }

    void cancel() {
        if (connector != null) {
            connector.cancel();
            connector = null;
        }
    }

    /** A connection was taken: whoever sends us on from now on may do so a few times again. */
    void arrived() {
        redirects = 0;
    }

    /** True when {@code reference}, HOST or HOST:PORT, is where to go next. */
    boolean redirect(int reasonCode, @Nullable String reference) {
        boolean asked = reasonCode == ReasonCode.USE_ANOTHER_SERVER || reasonCode == ReasonCode.SERVER_MOVED;
        if (!asked || reference == null || redirects >= MAX_REDIRECTS) {
            return false;
        }
        String first = reference.trim().split("[ ,]", 2)[0];
        int colon = first.endsWith("]") ? -1 : first.lastIndexOf(':');
        try {
            port = colon < 0 ? options.port() : Integer.parseInt(first, colon + 1, first.length(), 10);
        } catch (NumberFormatException e) {
            return false;
        }
        host = colon < 0 ? first : first.substring(0, colon);
        address = null;
        redirects++;
        return !host.isEmpty() && port > 0 && port <= 65535;
    }

    @Override
    public void onConnected(SocketChannel channel) {
        connector = null;
        try {
            Connection.open(net, new PlainTransport(channel), this::role);
        } catch (IOException | RuntimeException e) {
            session.onDialFailed(CloseInfo.network(e));
        }
    }

    private RoleConnection role(Connection connection) {
        if (options.tls() == null) {
            return session.begin(connection);
        }
        TlsUpgrade.Next secured = new TlsUpgrade.Next() {
            @Override
            public RoleConnection onSecured(Connection secure, TlsInfo info) {
                return session.begin(secure);
            }

            @Override
            public void onFailed(CloseInfo info) {
                session.onDialFailed(info);
            }
        };
        return TlsUpgrade.connecting(options.tls(), host, port, secured).make(connection);
    }

    @Override
    public void onFailed(IOException why) {
        connector = null;
        session.onDialFailed(CloseInfo.network(why));
    }
}
