package io.lws.examples.ws.client.pmd.bulk;

import io.lws.ws.WsFragment;
import io.lws.ws.WsOpcode;
import io.lws.ws.WsPart;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import io.lws.ws.WsTx;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Sends a long message a fragment at a time, and compares what comes back by its checksum. */
final class BulkProtocol implements WsProtocol<BulkProtocol.Pss> {
    private static final int FRAGMENT_BYTES = 32 << 10;

    static final class Pss {
        final CRC32 out = new CRC32();
        final CRC32 back = new CRC32();
        int fragments;
        long backBytes;
    }

    private final int fragments;

    BulkProtocol(int mebibytes) {
        fragments = mebibytes * ((1 << 20) / FRAGMENT_BYTES);
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
        if (pss.fragments == fragments) {
            return; // extra writeables are legal
        }
        ByteBuffer fragment = fragment(pss.fragments);
        pss.out.update(fragment.duplicate());
        WsPart part = pss.fragments == 0 ? WsPart.FIRST : WsPart.MIDDLE;
        pss.fragments++;
        tx.write(WsOpcode.BINARY, pss.fragments == fragments ? WsPart.LAST : part, fragment);
        ws.requestWriteable();
    }

    /** Numbers that repeat themselves in part. */
    private static ByteBuffer fragment(int number) {
        ByteBuffer fragment = ByteBuffer.allocate(FRAGMENT_BYTES);
        while (fragment.hasRemaining()) {
            fragment.putInt(number).putInt(fragment.position() / 64);
        }
        return fragment.flip();
    }

    @Override
    public void onReceive(WsSession<Pss> ws, WsFragment rx) {
        Pss pss = ws.pss();
        pss.backBytes += rx.lengthBytes();
        pss.back.update(rx.payload());
        if (rx.isFinal()) {
            boolean same = pss.fragments == fragments && pss.back.getValue() == pss.out.getValue();
            System.out.println(pss.backBytes + " bytes came back, " + (same ? "the same" : "NOT the same"));
            ws.close();
        }
    }
}
