package io.lws.examples.ws.client.echo;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.ws.WsFragment;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import io.lws.ws.WsTx;
import java.util.ArrayDeque;

/** Sends each message back; the same on both sides of a WebSocket. */
final class EchoProtocol implements WsProtocol<EchoProtocol.Pss> { // this instance is the vhd
    private static final int MAX_PENDING = 64; // fragments held before rx is paused

    static final class Pss {
        final ArrayDeque<WsFragment> pending = new ArrayDeque<>(2);
    }

    EchoProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onReceive(WsSession<Pss> ws, WsFragment rx) {
        ws.pss().pending.add(rx.copy()); // rx is only lent
        if (ws.pss().pending.size() >= MAX_PENDING) {
            ws.pauseRx();
        }
        ws.requestWriteable();
    }

    @Override
    public void onWriteable(WsSession<Pss> ws, WsTx tx) {
        WsFragment next = ws.pss().pending.poll();
        if (next == null) {
            return; // extra writeables are legal
        }
        tx.write(next);
        if (ws.pss().pending.isEmpty()) {
            ws.resumeRx();
        } else {
            ws.requestWriteable();
        }
    }
}
