package io.lws.examples.ws.pmd.bulk;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.ws.WsOpcode;
import io.lws.ws.WsPart;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import io.lws.ws.WsTx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Sends everybody one long text, a piece at a time as the peer takes it; it exists nowhere as a whole. */
final class BulkProtocol implements WsProtocol<BulkProtocol.Pss> {
    private static final int MESSAGE_BYTES = 16 << 20;
    private static final int PIECE_BYTES = 64 << 10;

    /** How much of the message this session has sent. */
    static final class Pss {
        int sentBytes;
    }

    private final byte[] piece = "No sooner had the warm liquid mixed with the crumbs than a shudder ran through me.\n"
            .repeat(800)
            .substring(0, PIECE_BYTES)
            .getBytes(StandardCharsets.US_ASCII);

    BulkProtocol(Vhost vhost, ProtocolOptions options) {}

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
        if (pss.sentBytes == MESSAGE_BYTES) {
            return; // extra writeables are legal
        }
        boolean first = pss.sentBytes == 0;
        pss.sentBytes += PIECE_BYTES;
        boolean last = pss.sentBytes == MESSAGE_BYTES;
        tx.write(WsOpcode.TEXT, first ? WsPart.FIRST : last ? WsPart.LAST : WsPart.MIDDLE, ByteBuffer.wrap(piece));
        if (last) {
            ws.close();
        } else {
            ws.requestWriteable();
        }
    }
}
