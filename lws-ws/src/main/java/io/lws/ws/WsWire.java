package io.lws.ws;

/**
 * The numbers of RFC 6455 5.2, so that code reads like the RFC.
 *
 * <pre>
 *  byte 0: |FIN|RSV1|RSV2|RSV3| opcode (4) |      byte 1: |MASK| length (7) |
 *  then 16 bits of length when it says 126, 64 bits when it says 127, then 32 bits of key when MASK is set
 * </pre>
 */
final class WsWire {
    static final int FIN = 0x80;
    static final int RSV1 = 0x40;
    static final int RSV = 0x70;
    static final int OPCODE = 0x0f;
    static final int CONTROL = 0x08;

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    static final int MASK = 0x80;
    static final int LENGTH = 0x7f;
    static final int LENGTH_16 = 126;
    static final int LENGTH_64 = 127;

    static final int MAX_CONTROL_BYTES = 125;
    static final int MAX_HEADER_BYTES = 14;

    private WsWire() {}
}
