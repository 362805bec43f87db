package io.lws.ws;

import io.lws.ProtocolException;
import io.lws.ws.WsTransform.Progress;
import java.nio.ByteBuffer;

/**
 * Makes of the pieces of transformed messages, as {@link WsFrameParser} yields them, pieces of the messages themselves:
 * bounded like any message, text checked. Sans I/O, one step a call:
 *
 * <pre>
 *  decoding.take(in, from, to, piece);
 *  while (decoding.isBusy()) { if (decoding.next(out)) { ... decoding.piece() ... } }
 * </pre>
 */
final class WsDecoding {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final WsTransform transform;
    private final int bit;
    private final long maxMessageBytes;

    /** Of the message at hand: opcode, and FIRST until its first piece is out. */
    private int message;

    private int taken;
    private boolean busy;
    private ByteBuffer input = NOTHING;
    private long messageBytes;
    private int utf8 = Utf8Validator.BOUNDARY;
    private int piece;
    private int workBytes;

    /** {@code bit} is the one that marks a message of {@code transform}'s. */
    WsDecoding(WsTransform transform, int bit, long maxMessageBytes) {
        this.transform = transform;
        this.bit = bit;
        this.maxMessageBytes = maxMessageBytes;
    }

    /** Whether a piece is one that was transformed. */
    boolean isFor(int received) {
        return (received & bit) != 0;
    }

    /** Takes {@code [from, to)} of {@code in}; the piece before must be used up. */
    void take(ByteBuffer in, int from, int to, int received) {
        if ((received & WsPiece.FIRST) != 0) {
            message = received & (WsPiece.OPCODE | WsPiece.FIRST);
        }
        taken = received;
        input = in.slice(from, to - from);
        busy = true;
    }

    boolean isBusy() {
        return busy;
    }

    /** The buffer given to {@link #take} goes; what is not used up of it is copied. */
    void keepInput() {
        input = ByteBuffer.allocate(input.remaining()).put(input).flip();
    }

    /**
     * One step: fills {@code out} from its start. True when what is in it, up to its position, is a piece to hand on.
     * {@link ProtocolException} 1007 for what is no such message or not UTF-8, 1009 beyond the bound.
     */
    boolean next(ByteBuffer out) {
        out.clear();
        step(out);
        messageBytes += out.position();
        if (messageBytes > maxMessageBytes) {
            throw failure(new ProtocolException(WsCloseCode.TOO_BIG, "message too big"));
        }
        check(out);
        return endPiece(out.position());
    }

    private void step(ByteBuffer out) {
        try {
            Progress progress = transform.transform(input, WsPart.of(taken), out);
            workBytes = progress == Progress.TOILED ? out.capacity() : out.position() + 1;
            if (progress == Progress.DONE) {
                busy = false;
                input = NOTHING;
            }
        } catch (ProtocolException violation) {
            throw failure(violation);
        }
    }

    private void check(ByteBuffer out) {
        if ((message & WsPiece.OPCODE) == WsWire.TEXT) {
            utf8 = Utf8Validator.advance(utf8, out, 0, out.position());
            if (utf8 == Utf8Validator.INVALID) {
                throw failure(new ProtocolException(WsCloseCode.INVALID_PAYLOAD, "text is not UTF-8"));
            }
        }
    }

    private boolean endPiece(int lengthBytes) {
        piece = message;
        boolean last = !busy && (taken & WsPiece.FINAL) != 0;
        if (last) {
            piece |= WsPiece.FINAL | WsPiece.FRAME_END;
            messageBytes = 0;
            if (utf8 != Utf8Validator.BOUNDARY) {
                throw failure(new ProtocolException(WsCloseCode.INVALID_PAYLOAD, "text ends inside a character"));
            }
        }
        if (lengthBytes == 0 && !last) {
            return false;
        }
        message &= ~WsPiece.FIRST;
        return true;
    }

    /** The bits of {@link WsPiece} for what {@link #next} has put out. */
    int piece() {
        return piece;
    }

    /** What the last step has cost, in bytes moved; more than came out where the peer makes us toil for little. */
    int workBytes() {
        return workBytes;
    }

    /** Gives back memory; what is left of a message is dropped. */
    void end() {
        busy = false;
        input = NOTHING;
        transform.end();
    }

    private ProtocolException failure(ProtocolException violation) {
        end();
        return violation;
    }
}
