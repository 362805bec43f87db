package io.lws.tls;

import io.lws.CloseInfo;
import io.lws.Vhost;
import io.lws.net.Connection;
import io.lws.spi.RoleConnection;

/**
 * TLS on a connection that is open: at once, as a client does on a port that speaks TLS, or in the middle of a
 * conversation in plain text (STARTTLS). The role in place makes way until the handshake is over. Connection's loop only.
 *
 * <p>What the role has written before leaves in plain text and must be out ({@link Connection#isChoked} is false). Plain
 * text the peer has sent behind its request to upgrade is refused, not carried over.
 */
public final class TlsUpgrade {
    private TlsUpgrade() {}

    /** Who goes on when the handshake is over. One of the two is called, once. */
    public interface Next {
        /** Gives the role that goes on; it may be the one that was in place before. */
        RoleConnection onSecured(Connection connection, TlsInfo info);

        /** The connection ended before that; {@code info.cause()} is a {@link TlsException} where TLS was the reason. */
        default void onFailed(CloseInfo info) {}
    }

    /** The peer's ClientHello is to come next; it is served with the certificates of {@code vhost}. */
    public static void server(Connection connection, Vhost vhost, Next next) {
        VhostTls tls = vhost.tls();
        if (tls == null) {
            throw new IllegalStateException("vhost " + vhost.name() + " has no TLS");
        }
        connection.replaceRole(plain -> new TlsAccepting(plain, TlsDoor.upgrading(vhost, tls, next)));
    }

    /**
     * Sends a ClientHello for {@code host}, which is also what the certificate is checked for; sessions are remembered by
     * it and {@code port}.
     */
    public static void client(Connection connection, TlsClientConfig config, String host, int port, Next next) {
        TlsConnecting connecting = new TlsConnecting(connection, config, host, port, next);
        connection.replaceRole(connecting);
        connecting.begin();
    }

    /** The first role of a connection this side makes: {@link #client} as soon as it is open. */
    public static Connection.RoleFactory connecting(TlsClientConfig config, String host, int port, Next next) {
        return connection -> {
            connection.requestWriteable();
            return new TlsConnecting(connection, config, host, port, next);
        };
    }
}
