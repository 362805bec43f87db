package io.lws.ws;

import io.lws.net.Connection;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a WebSocket receives, on its way from the pieces of frames to the protocol: transformed back where that was agreed, a turn's
 * share at a time, and put together where the protocol takes whole messages. Pausing is its business, since a message
 * that is decoded in several turns and a user both do it.
 */
final class WsInbound<S extends @Nullable Object> {
    /** Has the rest: an idle session keeps nothing twice. */
    private final WsConnection<S> ws;

    private final @Nullable WsDecoding decoding;
    private @Nullable WsAssembly assembly;
    /** The user has paused rx, as opposed to a message that is decoded in several turns. */
    private boolean paused;

    WsInbound(WsConnection<S> ws, @Nullable WsDecoding decoding) {
        this.ws = ws;
        this.decoding = decoding;
    }

    /** Takes {@code [from, to)} of {@code in}; {@code piece} is {@link WsPiece}. */
    void receive(ByteBuffer in, int from, int to, int piece) {
        WsDecoding transformed = decoding;
        if (transformed == null || !transformed.isFor(piece)) {
            deliver(in, from, to, piece);
            return;
        }
        transformed.take(in, from, to, piece);
        decode(transformed);
        if (transformed.isBusy()) {
            transformed.keepInput();
        }
    }

    private void deliver(ByteBuffer in, int from, int to, int piece) {
        WsFragment rx = ws.shared().pieces.lend(in, from, to, piece);
        try {
            ws.protocol().onReceive(ws, rx);
        } finally {
            rx.revoke();
        }
    }

    /** Hands on what is decoded until a turn's share of it is used or nobody wants more; then rx waits for the rest. */
    private void decode(WsDecoding transformed) {
        Connection connection = ws.connection();
        ByteBuffer out = ws.shared().decoded();
        int leftBytes = connection.net().limits().turnBytes();
        while (transformed.isBusy() && ws.isReceiving() && connection.isReading() && leftBytes > 0) {
            if (transformed.next(out)) {
                deliver(out, 0, out.position(), transformed.piece());
            }
            leftBytes -= transformed.workBytes();
        }
        if (!ws.isReceiving()) {
            transformed.end();
        } else if (transformed.isBusy()) {
            if (leftBytes <= 0) {
                connection.loop().serveNextTurn(this::goOnNextTurn);
            } else if (!paused) {
                connection.requestWriteable(); // once the peer has taken what waits for it
            }
            connection.pauseRx();
        }
    }

    private void goOnNextTurn() {
        if (ws.isOpen() && ws.isReceiving() && !paused) {
            ws.connection().requestWriteable();
        }
    }

    /** At each writeable: decodes the rest of what stopped for a turn or for the peer. */
    void goOn() {
        WsDecoding transformed = decoding;
        if (transformed != null && transformed.isBusy() && !paused) {
            ws.connection().resumeRx();
            decode(transformed);
        }
    }

    void assemble(WsFragment rx) {
        WsLoop shared = ws.shared();
        WsAssembly building = assembly;
        if (building == null) {
            int mostBytes = ws.limits().wholeMessageBytes();
            if (rx.isWhole() && rx.lengthBytes() <= mostBytes) {
                ws.protocol().onMessage(ws, rx);
                return;
            }
            building = new WsAssembly(shared.pool, mostBytes);
            assembly = building;
        }
        ByteBuffer bytes = rx.payload();
        WsFragment whole = building.add(shared.wholes, bytes, bytes.position(), bytes.limit(), rx.piece());
        if (whole != null) {
            assembly = null;
            try {
                ws.protocol().onMessage(ws, whole);
            } finally {
                building.done(whole);
            }
        }
    }

    void pause() {
        paused = true;
        ws.connection().pauseRx();
    }

    void resume() {
        paused = false;
        if (decoding != null && decoding.isBusy()) {
            ws.connection().requestWriteable();
        } else {
            ws.connection().resumeRx();
        }
    }

    /** No message will be delivered any more; frames are still read. */
    void endMessages() {
        if (decoding != null) {
            decoding.end();
        }
    }

    /** Gives back all memory. */
    void end() {
        WsAssembly building = assembly;
        if (building != null) {
            assembly = null;
            building.drop();
        }
        endMessages();
    }
}
