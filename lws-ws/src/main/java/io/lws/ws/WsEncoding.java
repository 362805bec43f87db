package io.lws.ws;

import io.lws.ws.WsTransform.Progress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decides, message by message, whether it goes out transformed, and makes the frames of those that do. Sans I/O, one frame
 * a call:
 *
 * <pre>
 *  if (encoding.begin(piece, payload)) { do { all = encoding.next(out); ... encoding.head() ... } while (!all); }
 * </pre>
 */
final class WsEncoding {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final WsTransform transform;
    private final int bit;

    /** The message at hand is sent transformed. */
    private boolean transforming;
    /** The user wants the next message as it is. */
    private boolean skipNext;

    private ByteBuffer payload = NOTHING;
    private WsPart part = WsPart.WHOLE;
    private int piece;
    private int head;

    WsEncoding(WsTransform transform, int bit) {
        this.transform = transform;
        this.bit = bit;
    }

    /** The message begun next is sent as it is. */
    void skipNext() {
        skipNext = true;
    }

    /** Whether the message that begins is to be sent as it is, which is then settled. */
    boolean skips() {
        boolean skips = skipNext;
        skipNext = false;
        return skips;
    }

    /** False when the piece, hence all of its message, goes out as it is; else {@code bytes} is read by {@link #next}. */
    boolean begin(int beginning, ByteBuffer bytes) {
        part = WsPart.of(beginning);
        if ((beginning & WsPiece.FIRST) != 0) {
            WsOpcode opcode = (beginning & WsPiece.OPCODE) == WsWire.TEXT ? WsOpcode.TEXT : WsOpcode.BINARY;
            transforming = !skips() && transform.wants(opcode, part, bytes.remaining());
        }
        if (transforming) {
            piece = beginning;
            payload = bytes;
        }
        return transforming;
    }

    /** {@code message} in the form its many receivers get, or null where this connection makes its own; uses {@code room}. */
    @Nullable
    WsMessage forMany(WsMessage message, WsShared many, ByteBuffer room) {
        WsTransform.ForMany once = transform.forMany();
        if (once == null) {
            return null;
        }
        if (skips() || !transform.wants(message.opcode(), WsPart.WHOLE, message.lengthBytes())) {
            return message;
        }
        transform.end();
        return many.form(message, once, bit, room);
    }

    /** Puts the payload of one frame into {@code out}, from its start up to its position. True when it is the last one. */
    boolean next(ByteBuffer out) {
        out.clear();
        Progress progress;
        do {
            progress = transform.transform(payload, part, out);
        } while (progress == Progress.TOILED);
        boolean all = progress == Progress.DONE;
        head = WsPiece.head(all ? piece : piece & ~WsPiece.FINAL);
        if ((piece & WsPiece.FIRST) != 0) {
            head |= bit; // only on the first frame of a message
        }
        piece &= ~WsPiece.FIRST;
        payload = all ? NOTHING : payload;
        return all;
    }

    /** First byte of the frame {@link #next} has made. */
    int head() {
        return head;
    }

    /** Gives back memory. */
    void end() {
        transform.end();
    }
}
