package io.lws.examples.ws.ring;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.ws.WsFragment;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import io.lws.ws.WsTx;

/**
 * Chat through a ring: messages are kept once, and each session has its own place in it. A session that falls behind by
 * the whole ring is culled, so that one laggard holds up nobody.
 */
final class RingProtocol implements WsProtocol<RingProtocol.Pss> {
    private static final int LAGGARD = 4000; // close code

    private final Ring ring;

    static final class Pss {
        long next; // the message this session has to send next

        private Pss(long next) {
            this.next = next;
        }
    }

    /** Option {@code ring-depth}: messages kept, default 1024. */
    RingProtocol(Vhost vhost, ProtocolOptions options) {
        ring = new Ring(options.integer("ring-depth", 1024));
    }

    @Override
    public Pss newPss() {
        return new Pss(ring.end());
    }

    @Override
    public void onEstablished(WsSession<Pss> ws) {
        ring.join(ws);
    }

    @Override
    public void onMessage(WsSession<Pss> ws, WsFragment rx) {
        ring.add(rx.toMessage());
    }

    @Override
    public void onWriteable(WsSession<Pss> ws, WsTx tx) {
        Pss pss = ws.pss();
        while (tx.isReady() && pss.next < ring.end()) {
            var message = ring.get(pss.next);
            if (message == null) {
                ws.close(LAGGARD, "too slow: " + (ring.end() - pss.next) + " messages behind");
                return;
            }
            tx.write(message);
            pss.next++;
        }
        if (pss.next < ring.end()) {
            ws.requestWriteable();
        }
    }

    @Override
    public void onClosed(WsSession<Pss> ws, CloseInfo info) {
        ring.leave(ws);
    }
}
