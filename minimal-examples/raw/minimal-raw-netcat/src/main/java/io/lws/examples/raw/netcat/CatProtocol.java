package io.lws.examples.raw.netcat;

import io.lws.CloseInfo;
import io.lws.raw.RawProtocol;
import io.lws.raw.RawSession;
import io.lws.raw.RawTx;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What one of two sessions reads the other writes; neither reads more before that has gone. */
final class CatProtocol implements RawProtocol<CatProtocol.Pss> {
    static final class Pss {
        @Nullable
        RawSession<Pss> other;

        ByteBuffer fromOther = ByteBuffer.allocate(0);
    }

    static void join(RawSession<Pss> one, RawSession<Pss> two) {
        one.pss().other = two;
        two.pss().other = one;
        one.resumeRx();
        two.resumeRx();
    }

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onConnected(RawSession<Pss> raw) {
        if (raw.pss().other == null) {
            raw.pauseRx(); // until both are there
        }
    }

    @Override
    public void onReceive(RawSession<Pss> raw, ByteBuffer rx) {
        var other = raw.pss().other;
        if (other == null) {
            return;
        }
        other.pss().fromOther = ByteBuffer.allocate(rx.remaining()).put(rx).flip();
        raw.pauseRx();
        other.requestWriteable();
    }

    @Override
    public void onWriteable(RawSession<Pss> raw, RawTx tx) {
        tx.write(raw.pss().fromOther);
        var other = raw.pss().other;
        if (other != null) {
            other.resumeRx();
        }
    }

    @Override
    public void onPeerFin(RawSession<Pss> raw) {
        var other = raw.pss().other;
        if (other != null && other.remoteAddress() != null) {
            other.endOutput(); // the end of standard input: the server may go on answering
        } else {
            raw.close();
        }
    }

    @Override
    public void onClosed(RawSession<Pss> raw, CloseInfo info) {
        var other = raw.pss().other;
        if (other != null && other.isOpen()) {
            other.close();
        }
        if (raw.remoteAddress() != null || other == null || !other.isOpen()) {
            raw.vhost().context().close();
        }
    }
}
