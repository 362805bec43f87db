package io.lws.http.h2;

import io.lws.ProtocolException;
import java.nio.ByteBuffer;

/** What the peer has said in SETTINGS (RFC 9113 6.5.2), beginning with what holds before it says anything. */
final class PeerSettings {
    static final int ENTRY_BYTES = 6;

    static final int HEADER_TABLE_SIZE = 0x1;
    static final int ENABLE_PUSH = 0x2;
    static final int MAX_CONCURRENT_STREAMS = 0x3;
    static final int INITIAL_WINDOW_SIZE = 0x4;
    static final int MAX_FRAME_SIZE = 0x5;
    static final int MAX_HEADER_LIST_SIZE = 0x6;
    static final int ENABLE_CONNECT_PROTOCOL = 0x8;

    private static final long UINT = 0xffffffffL;
    private static final int MAX_FRAME_LIMIT = (1 << 24) - 1;

    long headerTableBytes = 4096;
    long maxConcurrentStreams = Long.MAX_VALUE;
    int initialWindowBytes = H2Frame.DEFAULT_WINDOW_BYTES;
    int maxFrameBytes = H2Frame.MAX_PAYLOAD_BYTES;
    long maxHeaderListBytes = Long.MAX_VALUE;
    boolean connectProtocol;

    /** Takes the entries at {@code at}, a whole number of them. */
    void read(ByteBuffer in, int at, int lengthBytes) {
        for (int i = at; i < at + lengthBytes; i += ENTRY_BYTES) {
            set(in.getShort(i) & 0xffff, in.getInt(i + 2) & UINT);
        }
    }

    private void set(int id, long value) {
        switch (id) {
            case HEADER_TABLE_SIZE -> headerTableBytes = value;
            case ENABLE_PUSH -> require(value <= 1, H2Error.PROTOCOL_ERROR, "ENABLE_PUSH");
            case MAX_CONCURRENT_STREAMS -> maxConcurrentStreams = value;
            case INITIAL_WINDOW_SIZE -> {
                require(value <= H2Frame.MAX_WINDOW_BYTES, H2Error.FLOW_CONTROL_ERROR, "INITIAL_WINDOW_SIZE");
                initialWindowBytes = (int) value;
            }
            case MAX_FRAME_SIZE -> {
                boolean legal = value >= H2Frame.MAX_PAYLOAD_BYTES && value <= MAX_FRAME_LIMIT;
                require(legal, H2Error.PROTOCOL_ERROR, "MAX_FRAME_SIZE");
                maxFrameBytes = (int) value;
            }
            case MAX_HEADER_LIST_SIZE -> maxHeaderListBytes = value;
            case ENABLE_CONNECT_PROTOCOL -> {
                require(
                        value <= 1 && (value == 1 || !connectProtocol),
                        H2Error.PROTOCOL_ERROR,
                        "ENABLE_CONNECT_PROTOCOL");
                connectProtocol = value == 1;
            }
            default -> {
                // what is not known is ignored
            }
        }
    }

    private static void require(boolean legal, int code, String which) {
        if (!legal) {
            throw new ProtocolException(code, "SETTINGS: a value that " + which + " cannot have");
        }
    }
}
