package io.lws.ws;

import io.lws.net.Connection;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a WebSocket sends, on its way into the connection: transformed where that was agreed, framed, masked by a client. */
final class WsOutput {
    private static final int GATHERED_BYTES = 64 << 10;

    private final Connection connection;
    private final WsLoop shared;
    private final WsFrameWriter writer;
    private final @Nullable WsEncoding encoding;

    WsOutput(Connection connection, WsLoop shared, WsSide side, @Nullable WsAgreement agreed) {
        this.connection = connection;
        this.shared = shared;
        this.writer = side == WsSide.SERVER ? WsFrameWriter.SERVER : WsFrameWriter.client(shared.maskKeys());
        this.encoding =
                agreed == null ? null : new WsEncoding(agreed.outgoing().apply(connection.net()), agreed.bit().wire);
    }

    void message(WsMessage message) {
        WsMessage made = encoding == null ? message : forMany(encoding, message);
        if (made != null) {
            frame(made);
        } else if (!encoded(WsPiece.WHOLE | message.opcode().code(), message.payload())) {
            frame(message);
        }
    }

    /** What many get alike, or null. */
    private @Nullable WsMessage forMany(WsEncoding transforming, WsMessage message) {
        WsShared many = message.shared();
        return many == null ? null : transforming.forMany(message, many, shared.encoded());
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
        if (encoding != null && encoded(piece, fragment.payload())) {
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
        if (!encoded(piece, payload)) {
            plain(WsPiece.head(piece), payload);
        }
    }

    /** The message begun next goes out as it is. */
    void skipCompression() {
        if (encoding != null) {
            encoding.skipNext();
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
        if (encoding != null) {
            encoding.end();
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
    private boolean encoded(int piece, ByteBuffer payload) {
        WsEncoding transforming = encoding;
        if (transforming == null || !transforming.begin(piece, payload)) {
            return false;
        }
        ByteBuffer out = shared.encoded();
        boolean all;
        do {
            all = transforming.next(out);
            int length = out.position();
            writer.frame(connection.out(length + WsWire.MAX_HEADER_BYTES), transforming.head(), out, 0, length);
        } while (!all);
        return true;
    }
}
