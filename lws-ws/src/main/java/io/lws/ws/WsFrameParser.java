package io.lws.ws;

import io.lws.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Frames out of bytes (RFC 6455 5), one event a call, so that the caller can stop after any of them:
 *
 * <pre>
 *  while ((event = parser.next(in)) != NEED_MORE) { ... }
 * </pre>
 *
 * After an event {@code in} stands behind what was read and {@link #payloadIndex}, {@link #payloadBytes} say where in
 * {@code in} its payload lies, unmasked in place. Payload of data messages is handed on in pieces as it arrives and is
 * never held; a header or control frame that is not complete is left unread, to be offered again with more behind it
 * (at most 131 bytes). Nothing is allocated, whatever a peer declares.
 *
 * <p>What breaks the rules throws {@link ProtocolException} with the close code, as early as it is certain. After that,
 * and after a close frame, all further input is dropped.
 */
final class WsFrameParser {
    /** Nothing more to be had from these bytes; what is left unread wants more behind it. */
    static final int NEED_MORE = 0;
    /** A piece of a message; {@link #piece} says which. May be empty. */
    static final int DATA = 1;

    static final int PING = 2;
    static final int PONG = 3;
    /** The peer's last word; {@link #closeCode} and {@link #closeReason} read it. */
    static final int CLOSE = 4;

    private enum State {
        /** The next byte is the first of a frame. */
        HEADER,
        /** Inside the payload of a data frame. */
        PAYLOAD,
        /** A close frame or a violation was seen: nothing that follows means anything. */
        ENDED
    }

    private static final int OPEN = WsPiece.OPCODE;

    private final WsLimits limits;
    private final WsSide side;
    private final int allowedRsv;

    private State state = State.HEADER;
    /** Open message: its opcode, RSV bits, FIRST until the first piece is out, FINAL once its last frame has begun. */
    private int message;

    private long frameLeftBytes;
    private long messageBytes;
    private int key;
    private int utf8 = Utf8Validator.BOUNDARY;

    private int piece;
    private int payloadIndex;
    private int payloadBytes;

    /** {@code allowedRsv} is the part of {@link WsWire#RSV} that negotiated extensions have given a meaning. */
    WsFrameParser(WsSide side, WsLimits limits, int allowedRsv) {
        this.side = side;
        this.limits = limits;
        this.allowedRsv = allowedRsv;
    }

    WsSide side() {
        return side;
    }

    WsLimits limits() {
        return limits;
    }

    /** Reads up to the end of the next event and says which it is. */
    int next(ByteBuffer in) {
        if (state == State.PAYLOAD) {
            return payload(in);
        }
        if (state == State.HEADER) {
            return header(in);
        }
        in.position(in.limit());
        return NEED_MORE;
    }

    /** Of {@link #DATA}: the bits of {@link WsPiece}. */
    int piece() {
        return piece;
    }

    /** Absolute index in {@code in} of the payload of the last event. */
    int payloadIndex() {
        return payloadIndex;
    }

    int payloadBytes() {
        return payloadBytes;
    }

    /** Of {@link #CLOSE}, from the buffer it was read from: its code, or {@link WsCloseCode#NO_STATUS}. */
    int closeCode(ByteBuffer in) {
        return payloadBytes == 0 ? WsCloseCode.NO_STATUS : unsigned16(in, payloadIndex);
    }

    /** Of {@link #CLOSE}, from the buffer it was read from: its reason, often empty. */
    String closeReason(ByteBuffer in) {
        if (payloadBytes <= 2) {
            return "";
        }
        byte[] reason = new byte[payloadBytes - 2];
        in.get(payloadIndex + 2, reason);
        return new String(reason, StandardCharsets.UTF_8);
    }

    private int header(ByteBuffer in) {
        int at = in.position();
        int available = in.limit() - at;
        if (available < 2) {
            return NEED_MORE;
        }
        int head = in.get(at);
        int second = in.get(at + 1);
        if (second < 0 != (side == WsSide.SERVER)) {
            throw violation(side == WsSide.SERVER ? "frame not masked" : "frame masked");
        }
        int length = second & WsWire.LENGTH;
        if ((head & WsWire.CONTROL) != 0) {
            return control(in, head, length);
        }
        checkData(head);
        int lengthBytes = length < WsWire.LENGTH_16 ? 0 : length == WsWire.LENGTH_16 ? Short.BYTES : Long.BYTES;
        int keyAt = at + 2 + lengthBytes;
        int payloadAt = second < 0 ? keyAt + Integer.BYTES : keyAt;
        if (payloadAt - at > available) {
            return NEED_MORE;
        }
        beginFrame(head, lengthBytes == 0 ? length : extendedLength(in, at + 2, length));
        key = second < 0 ? int32(in, keyAt) : 0;
        in.position(payloadAt);
        return payload(in);
    }

    private void checkData(int head) {
        int opcode = head & WsWire.OPCODE;
        if (opcode > WsWire.BINARY) {
            throw violation("reserved opcode");
        }
        if ((head & WsWire.RSV & ~allowedRsv) != 0 || opcode == WsWire.CONTINUATION && (head & WsWire.RSV) != 0) {
            throw violation("reserved bit set");
        }
        if (opcode == WsWire.CONTINUATION != ((message & OPEN) != 0)) {
            throw violation(opcode == WsWire.CONTINUATION ? "nothing to continue" : "message within a message");
        }
    }

    private void beginFrame(int head, long lengthBytes) {
        if (lengthBytes > limits.maxFrameBytes()) {
            throw failure(WsCloseCode.TOO_BIG, "frame too big");
        }
        if (lengthBytes > limits.maxMessageBytes() - messageBytes) {
            throw failure(WsCloseCode.TOO_BIG, "message too big");
        }
        int opcode = head & WsWire.OPCODE;
        if (opcode != WsWire.CONTINUATION) {
            message = opcode | head & WsWire.RSV | WsPiece.FIRST;
        }
        message |= head & WsWire.FIN;
        messageBytes += lengthBytes;
        frameLeftBytes = lengthBytes;
        state = State.PAYLOAD;
    }

    private int payload(ByteBuffer in) {
        int at = in.position();
        int bytes = (int) Math.min(in.limit() - at, frameLeftBytes);
        if (bytes == 0 && frameLeftBytes != 0) {
            return NEED_MORE;
        }
        decode(in, at, bytes);
        frameLeftBytes -= bytes;
        payloadIndex = at;
        payloadBytes = bytes;
        in.position(at + bytes);
        if (frameLeftBytes == 0) {
            endFrame();
        } else {
            piece = message & ~WsPiece.FINAL;
            message &= ~WsPiece.FIRST;
        }
        return DATA;
    }

    private void endFrame() {
        piece = message | WsPiece.FRAME_END;
        state = State.HEADER;
        if ((message & WsPiece.FINAL) == 0) {
            message &= ~WsPiece.FIRST;
            return;
        }
        message = 0;
        messageBytes = 0;
        if (utf8 != Utf8Validator.BOUNDARY) {
            throw failure(WsCloseCode.INVALID_PAYLOAD, "text ends inside a character");
        }
    }

    /** Unmasks; checks text, unless an extension has made something else of it. */
    private void decode(ByteBuffer in, int at, int bytes) {
        int to = at + bytes;
        boolean ascii = false;
        if (side == WsSide.SERVER) {
            ascii = WsMask.apply(in, at, to, key);
            key = WsMask.after(key, bytes);
        }
        if ((message & (WsWire.RSV | WsPiece.OPCODE)) != WsWire.TEXT || ascii && utf8 == Utf8Validator.BOUNDARY) {
            return;
        }
        utf8 = Utf8Validator.advance(utf8, in, at, to);
        if (utf8 == Utf8Validator.INVALID) {
            throw failure(WsCloseCode.INVALID_PAYLOAD, "text is not UTF-8");
        }
    }

    private int control(ByteBuffer in, int head, int lengthBytes) {
        checkControl(head, lengthBytes);
        int at = in.position();
        int payloadAt = at + 2 + (side == WsSide.SERVER ? Integer.BYTES : 0);
        if (in.limit() - payloadAt < lengthBytes) {
            return NEED_MORE;
        }
        if (side == WsSide.SERVER) {
            WsMask.apply(in, payloadAt, payloadAt + lengthBytes, int32(in, at + 2));
        }
        payloadIndex = payloadAt;
        payloadBytes = lengthBytes;
        in.position(payloadAt + lengthBytes);
        int opcode = head & WsWire.OPCODE;
        if (opcode == WsWire.CLOSE) {
            checkClose(in);
            state = State.ENDED;
            return CLOSE;
        }
        return opcode == WsWire.PING ? PING : PONG;
    }

    private void checkControl(int head, int lengthBytes) {
        if ((head & WsWire.OPCODE) > WsWire.PONG) {
            throw violation("reserved opcode");
        }
        if ((head & WsWire.RSV) != 0) {
            throw violation("reserved bit set");
        }
        if ((head & WsWire.FIN) == 0) {
            throw violation("control frame fragmented");
        }
        if (lengthBytes > WsWire.MAX_CONTROL_BYTES) {
            throw violation("control frame too long");
        }
    }

    private void checkClose(ByteBuffer in) {
        if (payloadBytes == 1) {
            throw violation("close code cut short");
        }
        if (payloadBytes == 0) {
            return;
        }
        if (!WsCloseCode.isAllowedOnWire(closeCode(in))) {
            throw violation("close code not allowed");
        }
        int end = payloadIndex + payloadBytes;
        if (Utf8Validator.advance(Utf8Validator.BOUNDARY, in, payloadIndex + 2, end) != Utf8Validator.BOUNDARY) {
            throw failure(WsCloseCode.INVALID_PAYLOAD, "close reason is not UTF-8");
        }
    }

    private long extendedLength(ByteBuffer in, int at, int length) {
        if (length == WsWire.LENGTH_16) {
            int value = unsigned16(in, at);
            if (value < WsWire.LENGTH_16) {
                throw violation("length not in its shortest form");
            }
            return value;
        }
        long value = (long) int32(in, at) << 32 | int32(in, at + Integer.BYTES) & 0xffff_ffffL;
        if (value >= 0 && value <= 0xffff) {
            throw violation("length not in its shortest form");
        }
        if (value < 0) {
            throw violation("length has its top bit set");
        }
        return value;
    }

    private static int unsigned16(ByteBuffer in, int at) {
        return (in.get(at) & 0xff) << 8 | in.get(at + 1) & 0xff;
    }

    private static int int32(ByteBuffer in, int at) {
        int value = in.getInt(at);
        return in.order() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
    }

    private ProtocolException violation(String reason) {
        return failure(WsCloseCode.PROTOCOL_ERROR, reason);
    }

    private ProtocolException failure(int code, String reason) {
        state = State.ENDED;
        return new ProtocolException(code, reason);
    }
}
