package io.lws.plugins.loopback;

import io.lws.CloseInfo;
import io.lws.ws.WsFragment;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;

/** The client's side of one loop: what comes back goes to the visitor. */
final class Inner implements WsProtocol<Void> {
    private final Loop loop;
    private final WsSession<Loop> visitor;

    Inner(Loop loop, WsSession<Loop> visitor) {
        this.loop = loop;
        this.visitor = visitor;
    }

    @Override
    public void onEstablished(WsSession<Void> ws) {
        loop.joined(ws, visitor);
    }

    @Override
    public void onMessage(WsSession<Void> ws, WsFragment rx) {
        if (!visitor.post(rx.toMessage())) {
            ws.close(Loop.OVERLOAD, "the visitor does not read");
        }
    }

    @Override
    public void onClosed(WsSession<Void> ws, CloseInfo info) {
        loop.left(visitor, info);
    }
}
