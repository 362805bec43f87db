package io.lws.examples.api.wsh2txcredit;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.loop.Timer;
import io.lws.ws.WsFragment;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Reads nothing for a while, says when it begins, and at the end how much it was. */
final class LateProtocol implements WsProtocol<LateProtocol.Pss> {
    private static final long WAIT_NS = Duration.ofMillis(500).toNanos();

    static final class Pss {
        long bytes;
        long sum;
    }

    LateProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onEstablished(WsSession<Pss> ws) {
        ws.pauseRx();
        ws.loop().schedule(new Timer(nowNs -> begin(ws)), WAIT_NS);
    }

    private static void begin(WsSession<Pss> ws) {
        if (ws.isOpen()) {
            ws.post(WsMessage.text("reading"));
            ws.resumeRx();
        }
    }

    @Override
    public void onMessage(WsSession<Pss> ws, WsFragment rx) {
        if (rx.isText()) {
            ws.post(WsMessage.text(ws.pss().bytes + " bytes, sum " + ws.pss().sum));
            return;
        }
        ByteBuffer payload = rx.payload();
        ws.pss().bytes += payload.remaining();
        while (payload.hasRemaining()) {
            ws.pss().sum += payload.get();
        }
    }
}
