package io.lws.ws;

import io.lws.CloseInfo;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.spi.WebSocketKey;
import io.lws.net.Connection;
import io.lws.spi.RoleConnection;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A client's WebSocket on a connection that somebody else has made and will make again: for roles that speak through
 * one. Neither redirects nor compression. Users want {@link WsClient}.
 */
public final class WsOpening {
    private WsOpening() {}

    /**
     * The role that asks for {@code subprotocol} at {@code uri}, and makes way for a session of {@code protocol} when the
     * server agrees to it. TLS is the connection's own matter.
     *
     * @param vhost of the session; bounds are its options
     * @param onFailed told when there will be no session; the server's status is the code where it answered
     */
    public static Connection.RoleFactory asking(
            String uri,
            String subprotocol,
            Vhost vhost,
            WsProtocol<?> protocol,
            Duration timeout,
            Consumer<CloseInfo> onFailed) {
        WsClientRequest request = new WsClientRequest(
                WsUri.of(uri), WebSocketKey.fresh(), List.of(subprotocol), List.of(), Headers.EMPTY);
        WsConnecting.Next next = new WsConnecting.Next() {
            @Override
            public RoleConnection onAccepted(Connection accepted, WsClientRequest.Agreed agreed) {
                return session(accepted, vhost, protocol, agreed);
            }

            @Override
            public void onFailed(CloseInfo info) {
                onFailed.accept(info);
            }
        };
        return connection -> new WsConnecting(connection, request, timeout, next);
    }

    private static <S> RoleConnection session(
            Connection accepted, Vhost vhost, WsProtocol<S> protocol, WsClientRequest.Agreed agreed) {
        return WsConnection.client(
                accepted, vhost, protocol, protocol.newPss(), agreed.subprotocol(), agreed.extension(), info -> {});
    }
}
