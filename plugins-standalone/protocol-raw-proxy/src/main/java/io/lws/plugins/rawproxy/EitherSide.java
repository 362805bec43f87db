package io.lws.plugins.rawproxy;

import io.lws.CloseInfo;
import io.lws.raw.RawProtocol;
import io.lws.raw.RawSession;
import io.lws.raw.RawTx;
import java.nio.ByteBuffer;

/** What the side of the caller and that of the server behind have in common: all but how they begin. */
interface EitherSide extends RawProtocol<Leg> {
    @Override
    default Leg newPss() {
        return new Leg();
    }

    @Override
    default void onReceive(RawSession<Leg> session, ByteBuffer rx) {
        Leg.passOn(session, rx);
    }

    @Override
    default void onWriteable(RawSession<Leg> session, RawTx tx) {
        Leg.write(session, tx);
    }

    @Override
    default void onPeerFin(RawSession<Leg> session) {
        Leg.end(session);
    }

    @Override
    default void onClosed(RawSession<Leg> session, CloseInfo info) {
        Leg.closed(session, info);
    }
}
