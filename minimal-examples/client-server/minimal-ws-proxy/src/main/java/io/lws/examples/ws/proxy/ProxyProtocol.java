package io.lws.examples.ws.proxy;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.ws.WsBroadcast;
import io.lws.ws.WsBroadcast.SlowReader;
import io.lws.ws.WsFragment;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import org.jspecify.annotations.Nullable;

/** Both ends: what the session that this side made receives goes to all others. Theirs goes nowhere. */
final class ProxyProtocol implements WsProtocol<Void> {
    private final WsBroadcast clients =
            WsBroadcast.builder().slowReader(SlowReader.DROP).build();
    /** For who comes later than it. */
    private volatile @Nullable WsMessage latest;

    ProxyProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public void onEstablished(WsSession<Void> ws) {
        WsMessage before = latest;
        if (ws.isClient()) {
            System.out.println("connected");
        } else {
            if (before != null) {
                ws.post(before);
            }
            clients.add(ws);
        }
    }

    @Override
    public void onMessage(WsSession<Void> ws, WsFragment rx) {
        if (ws.isClient()) {
            WsMessage message = rx.toMessage();
            latest = message;
            clients.send(message);
        }
    }

    @Override
    public void onClosed(WsSession<Void> ws, CloseInfo info) {
        if (ws.isClient()) {
            System.out.println("lost: " + info.code());
        } else {
            clients.remove(ws);
        }
    }
}
