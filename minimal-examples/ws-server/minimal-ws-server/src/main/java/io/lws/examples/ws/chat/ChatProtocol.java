package io.lws.examples.ws.chat;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.ws.WsFragment;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sends each message to everybody; whoever does not read for so long that a MiB waits is let go. */
final class ChatProtocol implements WsProtocol<Void> {
    /** Sessions may live on several loops: this set is the only thing they share. */
    private final Set<WsSession<Void>> sessions = ConcurrentHashMap.newKeySet();

    ChatProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public void onEstablished(WsSession<Void> ws) {
        sessions.add(ws);
    }

    @Override
    public void onMessage(WsSession<Void> ws, WsFragment rx) {
        WsMessage message = rx.toMessage(); // encoded once, however many it goes to
        for (WsSession<Void> each : sessions) {
            if (!each.post(message)) {
                each.execute(each::abort);
            }
        }
    }

    @Override
    public void onClosed(WsSession<Void> ws, CloseInfo info) {
        sessions.remove(ws);
    }
}
