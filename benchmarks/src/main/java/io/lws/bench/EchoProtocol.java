package io.lws.bench;

import io.lws.ws.WsFragment;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import io.lws.ws.WsTx;
import java.util.ArrayDeque;

/** Echoes; stops reading from a peer that does not drain. */
final class EchoProtocol implements WsProtocol<EchoProtocol.Pss> {
    private static final int MAX_PENDING = 64;

    static final class Pss {
        final ArrayDeque<WsFragment> pending = new ArrayDeque<>(2);
    }

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onReceive(WsSession<Pss> ws, WsFragment rx) {
        ArrayDeque<WsFragment> pending = ws.pss().pending;
        pending.add(rx.copy());
        if (pending.size() >= MAX_PENDING) {
            ws.pauseRx();
        }
        ws.requestWriteable();
    }

    @Override
    public void onWriteable(WsSession<Pss> ws, WsTx tx) {
        ArrayDeque<WsFragment> pending = ws.pss().pending;
        while (!pending.isEmpty() && tx.isReady()) {
            tx.write(pending.removeFirst());
        }
        if (pending.isEmpty()) {
            ws.resumeRx();
        } else {
            ws.requestWriteable();
        }
    }
}
