package io.lws.examples.ws.pmd;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.ws.WsBroadcast;
import io.lws.ws.WsFragment;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;

/** Sends each message to everybody. It is compressed once, however many it goes to. */
final class PmdChatProtocol implements WsProtocol<Void> {
    private final WsBroadcast everybody = WsBroadcast.builder().build();

    PmdChatProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public void onEstablished(WsSession<Void> ws) {
        everybody.add(ws);
    }

    @Override
    public void onMessage(WsSession<Void> ws, WsFragment rx) {
        everybody.send(rx.toMessage());
    }

    @Override
    public void onClosed(WsSession<Void> ws, CloseInfo info) {
        everybody.remove(ws);
    }
}
