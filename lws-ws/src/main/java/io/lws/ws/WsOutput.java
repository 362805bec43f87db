package io.lws.ws;

import io.lws.net.Connection;
import io.lws.ws.deflate.MessageDeflater;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a WebSocket sends, on its way into the connection: framed, compressed where that was agreed, masked by a client. */
final class WsOutput {
    private static final int GATHERED_BYTES = 64 << 10;

    private final Connection connection;
    private final WsLoop shared;
    private final WsFrameWriter writer;
    private final @Nullable WsDeflation deflation;
    private final WsDeflate settings;

    WsOutput(
            Connection connection,
            WsLoop shared,
            WsSide side,
            WsDeflate settings,
            @Nullable DeflateNegotiation agreed) {
        this.connection = connection;
        this.shared = shared;
        this.settings = settings;
        this.writer = side == WsSide.SERVER ? WsFrameWriter.SERVER : WsFrameWriter.client(shared.maskKeys());
        this.deflation = agreed == null
                ? null
                : new WsDeflation(
                        new MessageDeflater(agreed.outgoing(), shared.deflaters(settings)), settings.thresholdBytes());
    }

    void message(WsMessage message) {
        if (deflation == null) {
            frame(message);
        } else if (message.shared() != null) {
            frame(sharedForm(message, message.shared(), deflation));
        } else if (!deflated(WsPiece.WHOLE | message.opcode().code(), message.payload())) {
            frame(message);
        }
    }

    private WsMessage sharedForm(WsMessage message, WsShared many, WsDeflation deflating) {
        if (!deflating.takesShared(message.lengthBytes())) {
            return message;
        }
        shared.watchDeflaters();
        return many.deflated(
                message,
                deflating.windowBits(),
                shared.deflaters(settings),
                shared.deflated(),
                connection.loop().nowNs());
    }

    /** A message whose frame is made. */
    private void frame(WsMessage message) {
        int frameBytes = (int) writer.frameBytes(message.lengthBytes());
        if (frameBytes <= GATHERED_BYTES) {
            writer.message(connection.out(frameBytes), message);
        } else {
            plain(message.head(), message.payload());
        }
    }

    /** {@code fragment}'s part of its message. The fragment is not spent by this. */
    void fragment(WsFragment fragment) {
        int piece = fragment.piece();
        if (deflation != null && deflated(piece, fragment.payload())) {
            return;
        }
        int length = fragment.lengthBytes();
        if (length <= GATHERED_BYTES) {
            writer.fragment(connection.out(length + WsWire.MAX_HEADER_BYTES), fragment);
        } else {
            plain(WsPiece.head(piece), fragment.payload());
        }
    }

    /** Part of a message; {@code payload} is read to its end. */
    void piece(int piece, ByteBuffer payload) {
        if (!deflated(piece, payload)) {
            plain(WsPiece.head(piece), payload);
        }
    }

    /** The message begun next goes out as it is. */
    void skipCompression() {
        if (deflation != null) {
            deflation.skipNext();
        }
    }

    /** A ping or a pong. */
    void control(int opcode, ByteBuffer payload, int from, int lengthBytes) {
        writer.control(connection.out(WsFrameWriter.maxControlFrameBytes()), opcode, payload, from, lengthBytes);
    }

    void close(int code, String reason) {
        writer.close(connection.out(WsFrameWriter.maxControlFrameBytes()), code, reason);
    }

    /** Gives back memory. */
    void end() {
        if (deflation != null) {
            deflation.end();
            shared.watchDeflaters();
        }
    }

    /** Header, then the payload in as many pieces as it takes beside other output in the gather buffer. */
    private void plain(int head, ByteBuffer payload) {
        int key = writer.header(connection.out(WsWire.MAX_HEADER_BYTES), head, payload.remaining());
        while (payload.hasRemaining()) {
            ByteBuffer out = connection.out(1);
            int at = out.position();
            int length = Math.min(out.remaining(), payload.remaining());
            out.put(at, payload, payload.position(), length).position(at + length);
            payload.position(payload.position() + length);
            if (key != 0) {
                WsMask.apply(out, at, at + length, key);
                key = WsMask.after(key, length);
            }
        }
    }

    /** Sends a piece in as many frames as it takes to never hold much of it; false where it is to go out as it is. */
    private boolean deflated(int piece, ByteBuffer payload) {
        WsDeflation compressing = deflation;
        if (compressing == null
                || !compressing.begin(piece, payload, connection.loop().nowNs())) {
            return false;
        }
        ByteBuffer out = shared.deflated();
        boolean all;
        do {
            all = compressing.next(out);
            int length = out.position();
            writer.frame(connection.out(length + WsWire.MAX_HEADER_BYTES), compressing.head(), out, 0, length);
        } while (!all);
        shared.watchDeflaters();
        return true;
    }
}
