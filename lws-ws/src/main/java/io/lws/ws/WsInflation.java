package io.lws.ws;

import io.lws.ProtocolException;
import io.lws.ws.deflate.End;
import io.lws.ws.deflate.MessageInflater;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;

/**
 * Makes of the pieces of compressed messages, as {@link WsFrameParser} yields them, pieces of the messages themselves:
 * bounded like any message, text checked. Sans I/O, one step a call:
 *
 * <pre>
 *  inflation.take(in, from, to, piece);
 *  while (inflation.isBusy()) { if (inflation.next(out)) { ... inflation.piece() ... } }
 * </pre>
 */
final class WsInflation {
    private final MessageInflater inflater;
    private final long maxMessageBytes;

    /** Of the message at hand: opcode, and FIRST until its first piece is out. */
    private int message;

    private int taken;
    private long messageBytes;
    private int utf8 = Utf8Validator.BOUNDARY;
    private int piece;
    private int workBytes;

    WsInflation(MessageInflater inflater, long maxMessageBytes) {
        this.inflater = inflater;
        this.maxMessageBytes = maxMessageBytes;
    }

    /** Takes {@code [from, to)} of {@code in}; the piece before must be used up. */
    void take(ByteBuffer in, int from, int to, int compressed) {
        if ((compressed & WsPiece.FIRST) != 0) {
            message = compressed & (WsPiece.OPCODE | WsPiece.FIRST);
        }
        taken = compressed;
        inflater.feed(in, from, to, (compressed & WsPiece.FINAL) != 0 ? End.OF_MESSAGE : End.OF_PIECE);
    }

    boolean isBusy() {
        return inflater.isBusy();
    }

    /** The buffer given to {@link #take} goes; what is not used up of it is copied. */
    void keepInput() {
        inflater.keepInput();
    }

    /**
     * One step: inflates into {@code out}, from its start. True when what is in it, up to its position, is a piece to
     * hand on. {@link ProtocolException} 1007 for what is not deflate or not UTF-8, 1009 beyond the bound.
     */
    boolean next(ByteBuffer out) {
        out.clear();
        workBytes = 0;
        do {
            workBytes += step(out);
        } while (inflater.isBusy() && out.hasRemaining() && workBytes < out.capacity());
        messageBytes += out.position();
        if (messageBytes > maxMessageBytes) {
            throw failure(WsCloseCode.TOO_BIG, "message too big");
        }
        check(out);
        return endPiece(out.position());
    }

    private int step(ByteBuffer out) {
        try {
            return inflater.inflate(out);
        } catch (DataFormatException e) {
            throw failure(WsCloseCode.INVALID_PAYLOAD, "message is not deflated data");
        }
    }

    private void check(ByteBuffer out) {
        if ((message & WsPiece.OPCODE) == WsWire.TEXT) {
            utf8 = Utf8Validator.advance(utf8, out, 0, out.position());
            if (utf8 == Utf8Validator.INVALID) {
                throw failure(WsCloseCode.INVALID_PAYLOAD, "text is not UTF-8");
            }
        }
    }

    private boolean endPiece(int lengthBytes) {
        piece = message;
        boolean last = !inflater.isBusy() && (taken & WsPiece.FINAL) != 0;
        if (last) {
            piece |= WsPiece.FINAL | WsPiece.FRAME_END;
            messageBytes = 0;
            if (utf8 != Utf8Validator.BOUNDARY) {
                throw failure(WsCloseCode.INVALID_PAYLOAD, "text ends inside a character");
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

    /** What the last step has cost, in bytes moved; more than came out where the peer makes zlib toil for little. */
    int workBytes() {
        return workBytes;
    }

    /** Gives back memory. */
    void end() {
        inflater.end();
    }

    private ProtocolException failure(int code, String reason) {
        inflater.end();
        return new ProtocolException(code, reason);
    }
}
