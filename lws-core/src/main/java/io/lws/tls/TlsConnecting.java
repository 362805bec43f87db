package io.lws.tls;

import io.lws.CloseInfo;
import io.lws.Log;
import io.lws.ProtocolException;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import io.lws.spi.RoleConnection;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A client's connection until its handshake is over. */
final class TlsConnecting implements RoleConnection, TlsTransport.Outcome {
    private static final Log LOG = Log.of("lws.tls");

    private final Connection connection;
    private final TlsClientConfig config;
    private final String host;
    private final int port;
    private final TlsUpgrade.Next next;
    private boolean begun;

    TlsConnecting(Connection connection, TlsClientConfig config, String host, int port, TlsUpgrade.Next next) {
        this.connection = connection;
        this.config = config;
        this.host = host;
        this.port = port;
        this.next = next;
    }

    void begin() {
        begun = true;
        connection.setTimeout(
                TimeoutReason.AWAITING_TLS,
                connection.net().limits().handshakeTimeout().toNanos());
        try {
            TlsLink link = TlsLink.client(config, host, port);
            connection.replaceTransport(
                    new TlsTransport(connection.net(), connection.transport(), link, TlsLink.nothing(), this));
        } catch (IOException | RuntimeException e) {
            connection.abort(CloseInfo.network(e));
        }
    }

    @Override
    public void onWriteable() {
        if (!begun) {
            begin();
        }
    }

    @Override
    public void onHandshakeDone(TlsInfo info) {
        if (!connection.isOpen()) {
            return;
        }
        try {
            connection.replaceRole(secured -> next.onSecured(secured, info));
        } catch (RuntimeException e) {
            LOG.error(connection.tag(), "onSecured threw", e);
            connection.abort(CloseInfo.callback(e));
        }
    }

    @Override
    public void onHandshakeFailed(TlsException why) {
        connection.close(CloseInfo.network(why));
    }

    @Override
    public String roleName() {
        return "tls";
    }

    /** TLS gives nothing to a role before the handshake is over: this was sent before. */
    @Override
    public void onReadable(ByteBuffer in) {
        in.position(in.limit());
        throw new ProtocolException(TlsAlert.UNEXPECTED_MESSAGE, "plain text where TLS was to begin");
    }

    @Override
    public void onPeerFin() {
        connection.close(CloseInfo.peer(0, "end of stream before the TLS handshake"));
    }

    @Override
    public void onViolation(ProtocolException violation) {}

    @Override
    public void onTimeout(TimeoutReason reason) {
        connection.abort(CloseInfo.timeout("TLS handshake"));
    }

    @Override
    public void onDrain() {
        connection.abort(CloseInfo.local(0, "context closing"));
    }

    @Override
    public void onClosed(CloseInfo info) {
        next.onFailed(info);
    }
}
