package io.lws.ws;

import io.lws.ws.deflate.End;
import io.lws.ws.deflate.MessageDeflater;
import java.nio.ByteBuffer;

/**
 * Decides, message by message, whether it goes out compressed, and makes the frames of those that do. Sans I/O, one frame
 * a call:
 *
 * <pre>
 *  if (deflation.begin(piece, payload, nowNs)) { do { all = deflation.next(out); ... deflation.head() ... } while (!all); }
 * </pre>
 */
final class WsDeflation {
    private final MessageDeflater deflater;
    private final int thresholdBytes;

    /** The message at hand is sent compressed. */
    private boolean compressing;
    /** The user wants the next message as it is. */
    private boolean skipNext;

    private int piece;
    private int head;

    WsDeflation(MessageDeflater deflater, int thresholdBytes) {
        this.deflater = deflater;
        this.thresholdBytes = thresholdBytes;
    }

    /** The message begun next is sent as it is. */
    void skipNext() {
        skipNext = true;
    }

    /** False when the piece, hence all of its message, goes out as it is; else {@code payload} is read by {@link #next}. */
    boolean begin(int beginning, ByteBuffer payload, long nowNs) {
        if ((beginning & WsPiece.FIRST) != 0) {
            boolean small = (beginning & WsPiece.FINAL) != 0 && payload.remaining() < thresholdBytes;
            compressing = !small && !skipNext;
            skipNext = false;
        }
        if (compressing) {
            piece = beginning;
            deflater.begin(payload, (piece & WsPiece.FINAL) != 0 ? End.OF_MESSAGE : End.OF_PIECE, nowNs);
        }
        return compressing;
    }

    /** Whether a message that was compressed elsewhere, for many, may go out so; what follows then refers to nothing. */
    boolean takesShared(int lengthBytes) {
        boolean takes = lengthBytes >= thresholdBytes && !skipNext;
        skipNext = false;
        if (takes) {
            deflater.end();
        }
        return takes;
    }

    int windowBits() {
        return deflater.windowBits();
    }

    /** Puts the payload of one frame into {@code out}, from its start up to its position. True when it is the last one. */
    boolean next(ByteBuffer out) {
        out.clear();
        boolean all = deflater.deflate(out);
        head = WsPiece.head(all ? piece : piece & ~WsPiece.FINAL);
        if ((piece & WsPiece.FIRST) != 0) {
            head |= WsWire.RSV1; // only on the first frame of a message (RFC 7692 6.1)
        }
        piece &= ~WsPiece.FIRST;
        return all;
    }

    /** First byte of the frame {@link #next} has made. */
    int head() {
        return head;
    }

    /** Gives back memory. */
    void end() {
        deflater.end();
    }
}
