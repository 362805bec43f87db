package io.lws.examples.ws.pmd.corner;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import io.lws.ws.WsTx;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * Sends two messages of each size that is the edge of something: of a frame's length field, of a deflate block or window, of
 * a buffer. One is text that shrinks, {@code SIZE:} and letters; the other noise that does not, so that what comes out has
 * an awkward size too. Then it closes.
 */
final class CornerProtocol implements WsProtocol<CornerProtocol.Pss> {
    private static final int[] EDGES = {64, 125, 1 << 12, 1 << 14, 1 << 15, (1 << 16) - 1, 1 << 16, 1 << 17, 1};
    private static final int AROUND = 3;
    private static final int SIZES = EDGES.length * (2 * AROUND + 1);

    static final class Pss {
        int sent;
    }

    CornerProtocol(Vhost vhost, ProtocolOptions options) {}

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
        while (tx.isReady() && ws.pss().sent < 2 * SIZES) {
            tx.write(message(ws.pss().sent++));
        }
        if (ws.pss().sent < 2 * SIZES) {
            ws.requestWriteable();
        } else if (ws.isOpen()) {
            ws.close();
        }
    }

    private static WsMessage message(int number) {
        int edge = number / 2 / (2 * AROUND + 1);
        int size = Math.max(0, EDGES[edge] + number / 2 % (2 * AROUND + 1) - AROUND);
        if (number % 2 == 0) {
            return WsMessage.text((size + ":" + "abcdefg".repeat(size / 7 + 1)).substring(0, size));
        }
        byte[] noise = new byte[size];
        new Random(size).nextBytes(noise);
        return WsMessage.binary(ByteBuffer.wrap(noise));
    }
}
