package io.lws.bench;

import io.lws.CloseInfo;
import io.lws.ws.WsFragment;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Those who hear what is published. */
final class BroadcastProtocol implements WsProtocol<@Nullable Void> {
    /** Sessions may live on several loops. */
    private final List<WsSession<@Nullable Void>> subscribers = new CopyOnWriteArrayList<>();

    @Override
    public void onEstablished(WsSession<@Nullable Void> ws) {
        subscribers.add(ws);
    }

    @Override
    public void onClosed(WsSession<@Nullable Void> ws, CloseInfo info) {
        subscribers.remove(ws);
    }

    /** The other side of it: each message goes to all subscribers. */
    final class Publisher implements WsProtocol<@Nullable Void> {
        @Override
        public void onMessage(WsSession<@Nullable Void> ws, WsFragment rx) {
            WsMessage message = rx.toMessage();
            for (WsSession<@Nullable Void> each : subscribers) {
                if (!each.post(message)) {
                    each.execute(each::abort);
                }
            }
        }
    }
}
