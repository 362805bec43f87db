package io.lws.examples.ws.client.minimal;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.ws.WsFragment;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;

/** Prints each message. */
final class PrintProtocol implements WsProtocol<Void> {
    PrintProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public void onEstablished(WsSession<Void> ws) {
        System.out.println("connected");
    }

    @Override
    public void onMessage(WsSession<Void> ws, WsFragment rx) {
        System.out.println(rx.isText() ? rx.text() : rx.lengthBytes() + " bytes");
    }

    @Override
    public void onClosed(WsSession<Void> ws, CloseInfo info) {
        System.out.println("closed " + info.code() + " " + info.reason());
    }
}
