package io.lws.ws;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Frames into bytes (RFC 6455 5.2), behind the position of {@code out}, which must have {@link #frameBytes} of room: what
 * the room is and when it is flushed is the caller's. The payload given is never changed: a client's is masked where it
 * was copied to.
 */
final class WsFrameWriter {
    /** Masks nothing, has no state, serves every connection. */
    static final WsFrameWriter SERVER = new WsFrameWriter(null);

    private static final int MAX_CLOSE_REASON_BYTES = WsWire.MAX_CONTROL_BYTES - 2;

    private final @Nullable IntSupplier maskKeys;

    private WsFrameWriter(@Nullable IntSupplier maskKeys) {
        this.maskKeys = maskKeys;
    }

    /** For a client; each frame takes one key, which a peer must not be able to foresee (RFC 6455 10.3). */
    static WsFrameWriter client(IntSupplier maskKeys) {
        return new WsFrameWriter(maskKeys);
    }

    /** Header bytes a server puts before a payload. */
    static int plainHeaderBytes(long lengthBytes) {
        return lengthBytes < WsWire.LENGTH_16 ? 2 : lengthBytes <= 0xffff ? 4 : 10;
    }

    int headerBytes(long lengthBytes) {
        return plainHeaderBytes(lengthBytes) + (maskKeys == null ? 0 : Integer.BYTES);
    }

    long frameBytes(long lengthBytes) {
        return headerBytes(lengthBytes) + lengthBytes;
    }

    /**
     * Only the header, for a payload the caller sends by itself. {@code head} is the frame's first byte. Gives the key to
     * mask that payload with (by {@link WsMask}), which is 0, hence without effect, for a server.
     */
    int header(ByteBuffer out, int head, long lengthBytes) {
        int mask = maskKeys == null ? 0 : WsWire.MASK;
        out.put((byte) head);
        if (lengthBytes < WsWire.LENGTH_16) {
            out.put((byte) (mask | (int) lengthBytes));
        } else if (lengthBytes <= 0xffff) {
            out.put((byte) (mask | WsWire.LENGTH_16));
            int16(out, (int) lengthBytes);
        } else {
            out.put((byte) (mask | WsWire.LENGTH_64));
            int32(out, (int) (lengthBytes >> 32));
            int32(out, (int) lengthBytes);
        }
        if (maskKeys == null) {
            return 0;
        }
        int key = maskKeys.getAsInt();
        int32(out, key);
        return key;
    }

    /** A frame with {@code [from, from + lengthBytes)} of {@code payload}, absolute indices. */
    void frame(ByteBuffer out, int head, ByteBuffer payload, int from, int lengthBytes) {
        int key = header(out, head, lengthBytes);
        int at = out.position();
        out.put(at, payload, from, lengthBytes).position(at + lengthBytes);
        mask(out, at, key);
    }

    /** A frame that is {@code fragment}'s part of its message. The fragment is not spent by this. */
    void fragment(ByteBuffer out, WsFragment fragment) {
        int key = header(out, WsPiece.head(fragment.piece()), fragment.lengthBytes());
        int at = out.position();
        fragment.copyTo(out);
        mask(out, at, key);
    }

    /** A whole message as one frame. */
    void message(ByteBuffer out, WsMessage message) {
        if (maskKeys == null) {
            message.copyFrameTo(out, 0, message.frameBytes());
            return;
        }
        int key = header(out, message.head(), message.lengthBytes());
        int at = out.position();
        message.copyPayloadTo(out, 0, message.lengthBytes());
        mask(out, at, key);
    }

    /** A ping or pong ({@code opcode}) with at most 125 bytes of {@code payload}, else {@code IllegalArgumentException}. */
    void control(ByteBuffer out, int opcode, ByteBuffer payload, int from, int lengthBytes) {
        if (lengthBytes > WsWire.MAX_CONTROL_BYTES) {
            throw new IllegalArgumentException("control frames hold at most 125 bytes, not " + lengthBytes);
        }
        frame(out, WsWire.FIN | opcode, payload, from, lengthBytes);
    }

    /**
     * A close frame. {@link WsCloseCode#NO_STATUS} writes one without code and reason, any other code that may not go on
     * the wire is an {@code IllegalArgumentException}; a reason beyond 123 bytes is cut between two characters.
     */
    void close(ByteBuffer out, int code, String reason) {
        if (code == WsCloseCode.NO_STATUS) {
            header(out, WsWire.FIN | WsWire.CLOSE, 0);
            return;
        }
        WsCloseCode.requireSendable(code);
        byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
        int reasonBytes = cut(utf8);
        int key = header(out, WsWire.FIN | WsWire.CLOSE, 2 + reasonBytes);
        int at = out.position();
        int16(out, code);
        out.put(utf8, 0, reasonBytes);
        mask(out, at, key);
    }

    /** Most bytes {@link #close} can write. */
    static int maxControlFrameBytes() {
        return 2 + Integer.BYTES + WsWire.MAX_CONTROL_BYTES;
    }

    private static int cut(byte[] utf8) {
        int length = Math.min(utf8.length, MAX_CLOSE_REASON_BYTES);
        while (length < utf8.length && (utf8[length] & 0xc0) == 0x80) {
            length--;
        }
        return length;
    }

    private void mask(ByteBuffer out, int from, int key) {
        if (maskKeys != null) {
            WsMask.apply(out, from, out.position(), key);
        }
    }

    private static void int16(ByteBuffer out, int value) {
        out.put((byte) (value >> 8)).put((byte) value);
    }

    private static void int32(ByteBuffer out, int value) {
        int16(out, value >> 16);
        int16(out, value);
    }
}
