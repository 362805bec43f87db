package io.lws.examples.ws.raw.proxy;

import io.lws.CloseInfo;
import io.lws.raw.RawProtocol;
import io.lws.raw.RawSession;
import io.lws.raw.RawTx;
import io.lws.ws.WsFragment;
import io.lws.ws.WsMessage;
import io.lws.ws.WsSession;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The TCP side of one pair: what comes goes to the ws side as binary, and no more is read until that has taken it. */
final class RawSide implements RawProtocol<Void> {
    private @Nullable WsSession<RawSide> ws;
    private @Nullable RawSession<Void> raw;
    private @Nullable ByteBuffer waiting;

    void serve(WsSession<RawSide> session) {
        ws = session;
    }

    // ---- from the ws side

    void send(WsFragment rx) {
        waiting = ByteBuffer.allocate(rx.lengthBytes()).put(rx.payload()).flip(); // rx is only lent
        if (ws != null && raw != null) {
            ws.pauseRx();
            raw.requestWriteable();
        }
    }

    void resume() {
        if (raw != null && raw.isOpen()) {
            raw.resumeRx();
        }
    }

    void end() {
        ws = null;
        if (raw != null) {
            raw.close();
        }
    }

    // ---- from TCP

    @Override
    public void onConnected(RawSession<Void> session) {
        raw = session;
        if (ws == null) {
            session.close(); // the ws client did not wait
        } else {
            ws.resumeRx();
        }
    }

    @Override
    public void onReceive(RawSession<Void> session, ByteBuffer rx) {
        if (ws == null) {
            rx.position(rx.limit());
            return;
        }
        ws.post(WsMessage.binary(rx));
        rx.position(rx.limit());
        session.pauseRx();
        ws.requestWriteable();
    }

    @Override
    public void onWriteable(RawSession<Void> session, RawTx tx) {
        if (waiting != null) {
            tx.write(waiting);
            waiting = null;
        }
        if (ws != null) {
            ws.resumeRx();
        }
    }

    @Override
    public void onClosed(RawSession<Void> session, CloseInfo info) {
        if (ws != null) {
            ws.close();
        }
    }
}
