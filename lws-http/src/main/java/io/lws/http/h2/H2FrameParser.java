package io.lws.http.h2;

import io.lws.ProtocolException;
import java.nio.ByteBuffer;

/**
 * Takes a stream of bytes apart into frames (RFC 9113 4, 6) and checks what can be checked of one frame alone. DATA comes
 * in pieces as it arrives, everything else whole; a frame of unknown type is skipped, and told of once.
 *
 * <p>A {@link ProtocolException} is an error of the connection. After an event the frame has been read from the buffer;
 * its payload still lies at {@link #payloadIndex}.
 */
final class H2FrameParser {
    /** Instead of a frame type: more bytes are needed. */
    static final int NEED_MORE = -1;

    /** Instead of a frame type: the frame was one nobody knows, or one to ignore. */
    static final int UNKNOWN = 0x100;

    /** Instead of a frame type: an error of one stream, {@link #errorCode}. */
    static final int STREAM_ERROR = 0x101;

    private static final int STREAM_MASK = 0x7fffffff;
    private static final int PRIORITY_BYTES = 5;
    private static final int NO_STREAM = 0;

    /** What the bytes at the buffer's position are. */
    private enum State {
        HEADER,
        DATA_PAYLOAD,
        SKIPPED_PAYLOAD
    }

    private State state = State.HEADER;
    private int type;
    private int flags;
    private int streamId;
    private int lengthBytes;
    private int payloadIndex;
    private int payloadBytes;
    private int leftBytes;
    private int paddingBytes;
    private int overheadBytes;
    private boolean begun;
    private boolean firstPiece;
    private int blockStreamId;
    private boolean selfDependent;
    private int errorCode;

    int flags() {
        return flags;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    int streamId() {
        return streamId;
    }

    /** Of the whole frame's payload, padding included: what flow control counts. */
    int lengthBytes() {
        return lengthBytes;
    }

    /** Where the payload begins, padding and priority left out. */
    int payloadIndex() {
        return payloadIndex;
    }

    int payloadBytes() {
        return payloadBytes;
    }

    /** Of DATA: padding and its length, which no piece shows. */
    int overheadBytes() {
        return overheadBytes;
    }

    /** Of DATA: the first piece of its frame. */
    boolean isFirstPiece() {
        return firstPiece;
    }

    /** Of DATA: the last piece, with the padding behind it. */
    boolean isLastPiece() {
        return state == State.HEADER;
    }

    /** Of HEADERS: the stream is said to depend on itself, an error of that stream. */
    boolean isSelfDependent() {
        return selfDependent;
    }

    int errorCode() {
        return errorCode;
    }

    /** In the middle of a frame, or of a block of headers. */
    boolean isUnderWay() {
        return state != State.HEADER || blockStreamId != NO_STREAM;
    }

    /** The type of the next frame, or of its next piece. */
    int next(ByteBuffer in) {
        while (true) {
            if (state == State.DATA_PAYLOAD) {
                return dataPiece(in);
            }
            if (state == State.SKIPPED_PAYLOAD) {
                skip(in);
                return state == State.HEADER ? UNKNOWN : NEED_MORE;
            }
            if (in.remaining() < H2Frame.HEADER_BYTES) {
                return NEED_MORE;
            }
            if (!header(in)) {
                return NEED_MORE;
            }
            if (state == State.HEADER) {
                return whole(in);
            }
        }
    }

    /** Looks at a frame's header, and reads it when the frame can be gone on with. */
    private boolean header(ByteBuffer in) {
        int at = in.position();
        lengthBytes = (in.get(at) & 0xff) << 16 | (in.get(at + 1) & 0xff) << 8 | in.get(at + 2) & 0xff;
        type = in.get(at + 3) & 0xff;
        flags = in.get(at + 4) & 0xff;
        streamId = in.getInt(at + 5) & STREAM_MASK;
        if (lengthBytes > H2Frame.MAX_PAYLOAD_BYTES) {
            throw frameSize("frame of " + lengthBytes + " bytes");
        }
        boolean continues = type == H2Frame.CONTINUATION;
        if (continues != (blockStreamId != NO_STREAM) || continues && streamId != blockStreamId) {
            throw protocol("frame of type " + type + " where it cannot be");
        }
        if (type == H2Frame.DATA) {
            return beginData(in);
        }
        if (type > H2Frame.CONTINUATION && type != H2Frame.PRIORITY_UPDATE) {
            in.position(at + H2Frame.HEADER_BYTES);
            leftBytes = lengthBytes;
            state = State.SKIPPED_PAYLOAD;
            return true;
        }
        return in.remaining() >= H2Frame.HEADER_BYTES + lengthBytes;
    }

    // ---- DATA

    private boolean beginData(ByteBuffer in) {
        requireStream();
        int at = in.position() + H2Frame.HEADER_BYTES;
        leftBytes = lengthBytes;
        paddingBytes = 0;
        overheadBytes = 0;
        if (has(H2Frame.PADDED)) {
            if (lengthBytes == 0) {
                throw frameSize("padded frame without a padding length");
            }
            if (at == in.limit()) {
                return false;
            }
            paddingBytes = in.get(at) & 0xff;
            at++;
            overheadBytes = 1 + paddingBytes;
            leftBytes -= overheadBytes;
            if (leftBytes < 0) {
                throw protocol("more padding than frame");
            }
        }
        in.position(at);
        begun = false;
        state = State.DATA_PAYLOAD;
        return true;
    }

    /** The first piece tells of its frame even when there is no content in it; the pieces behind have some. */
    private int dataPiece(ByteBuffer in) {
        payloadIndex = in.position();
        payloadBytes = Math.min(leftBytes, in.remaining());
        leftBytes -= payloadBytes;
        in.position(payloadIndex + payloadBytes);
        if (leftBytes == 0) {
            int padding = Math.min(paddingBytes, in.remaining());
            in.position(in.position() + padding);
            paddingBytes -= padding;
        }
        boolean done = leftBytes + paddingBytes == 0;
        firstPiece = !begun;
        if (begun && payloadBytes == 0 && !done) {
            return NEED_MORE;
        }
        begun = true;
        if (done) {
            state = State.HEADER;
        }
        return H2Frame.DATA;
    }

    private void skip(ByteBuffer in) {
        int bytes = Math.min(leftBytes, in.remaining());
        in.position(in.position() + bytes);
        leftBytes -= bytes;
        if (leftBytes == 0) {
            state = State.HEADER;
        }
    }

    // ---- everything else

    private int whole(ByteBuffer in) {
        payloadIndex = in.position() + H2Frame.HEADER_BYTES;
        payloadBytes = lengthBytes;
        in.position(payloadIndex + lengthBytes);
        switch (type) {
            case H2Frame.HEADERS -> headers(in);
            case H2Frame.CONTINUATION -> endBlockIfLast();
            case H2Frame.PRIORITY -> {
                return priority(in);
            }
            case H2Frame.RST_STREAM -> {
                requireStream();
                requireLength(4);
            }
            case H2Frame.SETTINGS -> settings();
            case H2Frame.PUSH_PROMISE -> throw protocol("push, which nobody allowed");
            case H2Frame.PING -> {
                requireNoStream();
                requireLength(8);
            }
            case H2Frame.GOAWAY -> {
                requireNoStream();
                requireAtLeast(8);
            }
            case H2Frame.WINDOW_UPDATE -> {
                return windowUpdate(in);
            }
            default -> {
                requireNoStream();
                requireAtLeast(4);
            }
        }
        return type;
    }

    private void headers(ByteBuffer in) {
        requireStream();
        int padding = 0;
        if (has(H2Frame.PADDED)) {
            requireAtLeast(1);
            padding = in.get(payloadIndex) & 0xff;
            payloadIndex++;
            payloadBytes--;
        }
        selfDependent = false;
        if (has(H2Frame.WITH_PRIORITY)) {
            if (payloadBytes < PRIORITY_BYTES) {
                throw frameSize("HEADERS too short for its priority");
            }
            selfDependent = (in.getInt(payloadIndex) & STREAM_MASK) == streamId;
            payloadIndex += PRIORITY_BYTES;
            payloadBytes -= PRIORITY_BYTES;
        }
        payloadBytes -= padding;
        if (payloadBytes < 0) {
            throw protocol("more padding than frame");
        }
        blockStreamId = streamId;
        endBlockIfLast();
    }

    private void endBlockIfLast() {
        if (has(H2Frame.END_HEADERS)) {
            blockStreamId = NO_STREAM;
        }
    }

    private int priority(ByteBuffer in) {
        requireStream();
        if (lengthBytes != PRIORITY_BYTES) {
            return streamError(H2Error.FRAME_SIZE_ERROR);
        }
        if ((in.getInt(payloadIndex) & STREAM_MASK) == streamId) {
            return streamError(H2Error.PROTOCOL_ERROR);
        }
        return type;
    }

    private void settings() {
        requireNoStream();
        if (has(H2Frame.ACK) ? lengthBytes != 0 : lengthBytes % PeerSettings.ENTRY_BYTES != 0) {
            throw frameSize("SETTINGS of " + lengthBytes + " bytes");
        }
    }

    private int windowUpdate(ByteBuffer in) {
        requireLength(4);
        if ((in.getInt(payloadIndex) & STREAM_MASK) != 0) {
            return type;
        }
        if (streamId == NO_STREAM) {
            throw protocol("WINDOW_UPDATE by nothing");
        }
        return streamError(H2Error.PROTOCOL_ERROR);
    }

    private int streamError(int code) {
        errorCode = code;
        return STREAM_ERROR;
    }

    private void requireStream() {
        if (streamId == NO_STREAM) {
            throw protocol("frame of type " + type + " without a stream");
        }
    }

    private void requireNoStream() {
        if (streamId != NO_STREAM) {
            throw protocol("frame of type " + type + " on a stream");
        }
    }

    private void requireLength(int bytes) {
        if (lengthBytes != bytes) {
            throw frameSize("frame of type " + type + " with " + lengthBytes + " bytes");
        }
    }

    private void requireAtLeast(int bytes) {
        if (lengthBytes < bytes) {
            throw frameSize("frame of type " + type + " with " + lengthBytes + " bytes");
        }
    }

    private static ProtocolException protocol(String what) {
        return new ProtocolException(H2Error.PROTOCOL_ERROR, what);
    }

    private static ProtocolException frameSize(String what) {
        return new ProtocolException(H2Error.FRAME_SIZE_ERROR, what);
    }
}
