package io.lws.http.h2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes frames (RFC 9113 4, 6) into a buffer that has room for them. */
final class H2FrameWriter {
    static final int RST_STREAM_BYTES = H2Frame.HEADER_BYTES + 4;
    static final int WINDOW_UPDATE_BYTES = H2Frame.HEADER_BYTES + 4;
    static final int PING_BYTES = H2Frame.HEADER_BYTES + 8;
    static final int GOAWAY_BYTES = H2Frame.HEADER_BYTES + 8;

    private H2FrameWriter() {}

    static void header(ByteBuffer out, int type, int flags, int streamId, int payloadBytes) {
        out.putInt(payloadBytes << 8 | type).put((byte) flags).putInt(streamId);
    }

    /** The header of a frame whose payload has already been written behind it, from {@code at} to the position. */
    static void headerAt(ByteBuffer out, int at, int type, int flags, int streamId) {
        int payloadBytes = out.position() - at - H2Frame.HEADER_BYTES;
        out.putInt(at, payloadBytes << 8 | type);
        out.put(at + 4, (byte) flags);
        out.putInt(at + 5, streamId);
    }

    static void rstStream(ByteBuffer out, int streamId, int code) {
        header(out, H2Frame.RST_STREAM, 0, streamId, 4);
        out.putInt(code);
    }

    static void windowUpdate(ByteBuffer out, int streamId, int increment) {
        header(out, H2Frame.WINDOW_UPDATE, 0, streamId, 4);
        out.putInt(increment);
    }

    static void ping(ByteBuffer out, int flags, long opaque) {
        header(out, H2Frame.PING, flags, 0, 8);
        out.putLong(opaque);
    }

    static void settingsAck(ByteBuffer out) {
        header(out, H2Frame.SETTINGS, H2Frame.ACK, 0, 0);
    }

    /** Identifiers and values in turn. */
    static void settings(ByteBuffer out, int... idsAndValues) {
        header(out, H2Frame.SETTINGS, 0, 0, idsAndValues.length / 2 * PeerSettings.ENTRY_BYTES);
        for (int i = 0; i < idsAndValues.length; i += 2) {
            out.putShort((short) idsAndValues[i]).putInt(idsAndValues[i + 1]);
        }
    }

    /** {@code reason} in ASCII; it takes room besides {@link #GOAWAY_BYTES}. */
    static void goAway(ByteBuffer out, int lastStreamId, int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
        header(out, H2Frame.GOAWAY, 0, 0, 8 + text.length);
        out.putInt(lastStreamId).putInt(code).put(text);
    }
}
