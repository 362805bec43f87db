package io.lws.plugins.rawproxy;

import io.lws.CloseInfo;
import io.lws.raw.RawProtocol;
import io.lws.raw.RawSession;
import io.lws.raw.RawTx;
import java.nio.ByteBuffer;

/** The side of the server behind; one for each session. */
final class OnwardProtocol implements RawProtocol<Leg> {
    private final RawSession<Leg> near;

    OnwardProtocol(RawSession<Leg> near) {
        this.near = near;
    }

    @Override
    public Leg newPss() {
        return new Leg();
    }

    @Override
    public void onConnected(RawSession<Leg> far) {
        if (near.isOpen()) {
            Leg.join(near, far);
            near.resumeRx();
        } else {
            far.abort();
        }
    }

    @Override
    public void onReceive(RawSession<Leg> far, ByteBuffer rx) {
        Leg.passOn(far, rx);
    }

    @Override
    public void onWriteable(RawSession<Leg> far, RawTx tx) {
        Leg.write(far, tx);
    }

    @Override
    public void onPeerFin(RawSession<Leg> far) {
        Leg.end(far);
    }

    @Override
    public void onClosed(RawSession<Leg> far, CloseInfo info) {
        Leg.closed(far, info);
    }
}
