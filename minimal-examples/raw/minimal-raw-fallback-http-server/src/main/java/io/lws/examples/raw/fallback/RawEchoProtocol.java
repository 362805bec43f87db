package io.lws.examples.raw.fallback;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.raw.RawProtocol;
import io.lws.raw.RawSession;
import io.lws.raw.RawTx;
import java.nio.ByteBuffer;

/** Says back what it hears; does not read from a peer that does not. */
final class RawEchoProtocol implements RawProtocol<RawEchoProtocol.Pss> {
    static final class Pss {
        ByteBuffer pending = ByteBuffer.allocate(0);
    }

    RawEchoProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onReceive(RawSession<Pss> raw, ByteBuffer rx) {
        raw.pss().pending = ByteBuffer.allocate(rx.remaining()).put(rx).flip(); // rx is only lent
        raw.pauseRx();
        raw.requestWriteable();
    }

    @Override
    public void onWriteable(RawSession<Pss> raw, RawTx tx) {
        tx.write(raw.pss().pending);
        raw.resumeRx();
    }
}
