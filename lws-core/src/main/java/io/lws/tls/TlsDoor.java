package io.lws.tls;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.Vhost;
import io.lws.net.Connection;
import org.jspecify.annotations.Nullable;

/** Where a server's connections come in to be given TLS: which certificates, and who goes on afterwards. */
interface TlsDoor {
    /** @throws io.lws.ProtocolException with the alert for a client that is not let in */
    Chosen choose(ClientHello hello);

    /**
     * The role for a client that speaks no TLS, or {@code null} where none does and it is told so.
     *
     * @throws io.lws.ProtocolException with the alert for a client that has agreed to speak TLS
     */
    Connection.@Nullable RoleFactory plainText();

    /** The connection has ended before its handshake had. */
    default void onFailed(CloseInfo info) {}

    /** What a client is shown, and what it agrees on. */
    record Chosen(VhostTls tls, @Nullable String alpn, TlsUpgrade.Next next) {}

    /** For a connection of {@code vhost} that has been open in plain text. */
    static TlsDoor upgrading(Vhost vhost, VhostTls tls, TlsUpgrade.Next next) {
        return new TlsDoor() {
            @Override
            public Chosen choose(ClientHello hello) {
                return new Chosen(tls, TlsSite.chooseAlpn(tls.config().alpn(), hello.alpn()), next);
            }

            @Override
            public Connection.@Nullable RoleFactory plainText() {
                throw new ProtocolException(TlsAlert.UNEXPECTED_MESSAGE, "plain text where TLS was to begin");
            }

            @Override
            public void onFailed(CloseInfo info) {
                next.onFailed(info);
            }

            @Override
            public String toString() {
                return vhost.name();
            }
        };
    }
}
