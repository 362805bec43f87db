package io.lws.bench;

import io.lws.CloseInfo;
import io.lws.Verdict;
import io.lws.http.HttpRequest;
import io.lws.ws.WsFragment;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import io.lws.ws.WsTx;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Echoes, and stops reading from a peer that does not drain; what comes in at {@code /pub} goes out to all of {@code
 * /bcast}.
 */
final class EchoProtocol implements WsProtocol<EchoProtocol.Pss> {
    private static final int MAX_PENDING = 64;

    /** Sessions may live on several loops. */
    private final List<WsSession<Pss>> subscribers = new CopyOnWriteArrayList<>();

    static final class Pss {
        private String path = "/";
        private final ArrayDeque<WsFragment> pending = new ArrayDeque<>(2);

        boolean publishes() {
            return path.equals("/pub");
        }

        boolean subscribes() {
            return path.equals("/bcast");
        }
    }

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public Verdict onUpgrade(HttpRequest request, Pss pss) {
        pss.path = request.path();
        return Verdict.ACCEPT;
    }

    @Override
    public void onEstablished(WsSession<Pss> ws) {
        if (ws.pss().subscribes()) {
            subscribers.add(ws);
        }
    }

    @Override
    public void onReceive(WsSession<Pss> ws, WsFragment rx) {
        Pss pss = ws.pss();
        if (pss.publishes()) {
            ws.assemble(rx);
            return;
        }
        pss.pending.add(rx.copy());
        if (pss.pending.size() >= MAX_PENDING) {
            ws.pauseRx();
        }
        ws.requestWriteable();
    }

    @Override
    public void onMessage(WsSession<Pss> ws, WsFragment rx) {
        WsMessage message = rx.toMessage();
        for (WsSession<Pss> each : subscribers) {
            if (!each.post(message)) {
                each.execute(each::abort);
            }
        }
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

    @Override
    public void onClosed(WsSession<Pss> ws, CloseInfo info) {
        subscribers.remove(ws);
    }
}
