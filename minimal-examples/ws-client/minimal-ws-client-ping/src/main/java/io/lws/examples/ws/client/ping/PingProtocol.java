package io.lws.examples.ws.client.ping;

import io.lws.Vhost;
import io.lws.loop.Timer;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Sends so many pings, one a second, and prints how long each answer took. */
final class PingProtocol implements WsProtocol<PingProtocol.Pss> {
    private static final long INTERVAL_NS = Duration.ofSeconds(1).toNanos();

    /** One session's pings. */
    static final class Pss {
        int sent;
        int answered;
    }

    private final int count;

    PingProtocol(Vhost vhost, int count) {
        this.count = count;
    }

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onEstablished(WsSession<Pss> ws) {
        ping(ws);
    }

    private void ping(WsSession<Pss> ws) {
        if (ws.isOpen() && ws.pss().sent < count) {
            ws.pss().sent++;
            ws.ping(ByteBuffer.allocate(Long.BYTES).putLong(0, System.nanoTime()));
            ws.loop().schedule(new Timer(nowNs -> ping(ws)), INTERVAL_NS);
        }
    }

    @Override
    public void onPong(WsSession<Pss> ws, ByteBuffer payload) {
        if (payload.remaining() != Long.BYTES) {
            return; // not one of ours
        }
        double ms = (System.nanoTime() - payload.getLong(payload.position())) / 1e6;
        System.out.printf("pong %d: %.3f ms%n", ++ws.pss().answered, ms);
        if (ws.pss().answered == count) {
            ws.close();
        }
    }
}
