package io.lws.examples.api.wsh2pmd;

import io.lws.ProtocolOptions;
import io.lws.Verdict;
import io.lws.Vhost;
import io.lws.http.HttpRequest;
import io.lws.ws.WsFragment;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;

/** Sends messages back, and says what they came over. */
final class EchoProtocol implements WsProtocol<Void> {
    EchoProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public Verdict onUpgrade(HttpRequest request, Void pss) {
        System.out.println(
                request.version() + " " + request.method() + ", offered " + request.header("sec-websocket-extensions"));
        return Verdict.ACCEPT;
    }

    @Override
    public void onMessage(WsSession<Void> ws, WsFragment rx) {
        ws.post(rx.toMessage());
    }
}
