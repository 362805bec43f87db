package io.lws.ws;

/**
 * One int that says what a piece of a data message is. FIN, RSV and opcode stand where the first byte of a frame has
 * them; the two bits an opcode of a data message leaves free say where the piece stands in its message and frame.
 *
 * <pre>
 *  0x80 last piece of the message | 0x70 RSV of the message | 0x08 last piece of its frame | 0x04 first of the message
 *  0x03 opcode of the message: 1 text, 2 binary (a continuation has the opcode of what it continues)
 * </pre>
 */
final class WsPiece {
    static final int FINAL = WsWire.FIN;
    static final int FRAME_END = 0x08;
    static final int FIRST = 0x04;
    static final int OPCODE = 0x03;
    static final int WHOLE = FIRST | FINAL;

    private WsPiece() {}

    /** First byte of the frame that carries this piece alone, without RSV: those belong to whoever transforms a payload. */
    static int head(int piece) {
        return (piece & FIRST) == 0 ? piece & FINAL : piece & (FINAL | OPCODE);
    }
}
