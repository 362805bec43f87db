package io.lws.examples.ws.client.spam.tx.rx;

import io.lws.CloseInfo;
import io.lws.ws.WsFragment;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import io.lws.ws.WsTx;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Sends and receives on each session at the same time, some messages ahead of what has come back. */
final class TxRxProtocol implements WsProtocol<TxRxProtocol.Pss> {
    private static final int MESSAGES = 1000;
    private static final int AHEAD = 16;

    static final class Pss {
        int sent;
        int received;
    }

    private final int sessions;
    private final Runnable atEnd;
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();

    TxRxProtocol(int sessions, Runnable atEnd) {
        this.sessions = sessions;
        this.atEnd = atEnd;
    }

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onEstablished(WsSession<Pss> ws) {
        ws.requestWriteable();
    }

    @Override
    public void onWriteable(WsSession<Pss> ws, WsTx tx) {
        Pss pss = ws.pss();
        if (pss.sent < MESSAGES && pss.sent < pss.received + AHEAD) {
            tx.text("message " + pss.sent++);
            ws.requestWriteable();
        }
    }

    @Override
    public void onMessage(WsSession<Pss> ws, WsFragment rx) {
        if (!rx.text().equals("message " + ws.pss().received)) {
            System.out.println("not message " + ws.pss().received + ": " + rx.text());
            ws.close();
            return;
        }
        received.incrementAndGet();
        if (++ws.pss().received == MESSAGES) {
            ws.close();
        } else {
            ws.requestWriteable();
        }
    }

    @Override
    public void onClosed(WsSession<Pss> ws, CloseInfo info) {
        if (info.initiator() == CloseInfo.Initiator.LOCAL && ended.incrementAndGet() == sessions) {
            System.out.println(sessions + " clients have received " + received.get() + " messages");
            atEnd.run();
        }
    }
}
