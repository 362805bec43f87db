package io.lws.http.h2;

import io.lws.http.hpack.HpackDecoder;
import io.lws.http.hpack.HpackEncoder;
import io.lws.http.hpack.HpackEncoder.Keeping;
import io.lws.testing.MemoryTransport;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The other end of a connection under test: writes any frame, legal or not, and reads what comes back as lines. */
final class H2Peer {
    static final int END = H2Frame.END_STREAM | H2Frame.END_HEADERS;

    final MemoryTransport end;
    private final Runnable settle;
    private final HpackEncoder encoder = new HpackEncoder(4096);
    private final HpackDecoder decoder = new HpackDecoder();
    private final ByteArrayOutputStream unread = new ByteArrayOutputStream();

    H2Peer(MemoryTransport end, Runnable settle) {
        this.end = end;
        this.settle = settle;
    }

    /** The preface with empty settings. */
    H2Peer preface() {
        end.send(H2Preface.TEXT);
        return settings();
    }

    H2Peer settings(int... idsAndValues) {
        ByteBuffer out = ByteBuffer.allocate(256);
        H2FrameWriter.settings(out, idsAndValues);
        return send(out);
    }

    H2Peer frame(int type, int flags, int streamId, byte... payload) {
        ByteBuffer out = ByteBuffer.allocate(H2Frame.HEADER_BYTES + payload.length);
        H2FrameWriter.header(out, type, flags, streamId, payload.length);
        return send(out.put(payload));
    }

    /** The preface of a GET with more fields behind, {@code name value name value}. */
    H2Peer get(int streamId, String path, String... fields) {
        return request(streamId, "GET", path, END, fields);
    }

    H2Peer request(int streamId, String method, String path, int flags, String... fields) {
        String[] all = new String[fields.length + 8];
        String[] head = {":method", method, ":scheme", "http", ":path", path, ":authority", "localhost"};
        System.arraycopy(head, 0, all, 0, 8);
        System.arraycopy(fields, 0, all, 8, fields.length);
        return headers(streamId, flags, all);
    }

    H2Peer headers(int streamId, int flags, String... fields) {
        return frame(H2Frame.HEADERS, flags, streamId, block(fields));
    }

    byte[] block(String... fields) {
        ByteBuffer out = ByteBuffer.allocate(1 << 20);
        encoder.begin(out);
        for (int i = 0; i < fields.length; i += 2) {
            encoder.field(fields[i], fields[i + 1], Keeping.INDEXED, out);
        }
        byte[] block = new byte[out.flip().remaining()];
        out.get(block);
        return block;
    }

    H2Peer data(int streamId, String text, int flags) {
        return frame(H2Frame.DATA, flags, streamId, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    H2Peer windowUpdate(int streamId, int increment) {
        return frame(H2Frame.WINDOW_UPDATE, 0, streamId, bytes(increment));
    }

    H2Peer rst(int streamId, int code) {
        return frame(H2Frame.RST_STREAM, 0, streamId, bytes(code));
    }

    static byte[] bytes(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private H2Peer send(ByteBuffer out) {
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        end.send(bytes);
        return this;
    }

    /** Everything that has come back, whole frames, one line each. */
    List<String> frames() {
        settle.run();
        unread.writeBytes(end.received());
        ByteBuffer in = ByteBuffer.wrap(unread.toByteArray());
        List<String> lines = new ArrayList<>();
        while (in.remaining() >= H2Frame.HEADER_BYTES) {
            int length = in.getInt(in.position()) >>> 8;
            if (in.remaining() < H2Frame.HEADER_BYTES + length) {
                break;
            }
            int type = in.get(in.position() + 3);
            int flags = in.get(in.position() + 4);
            int streamId = in.getInt(in.position() + 5);
            ByteBuffer payload = in.slice(in.position() + H2Frame.HEADER_BYTES, length);
            in.position(in.position() + H2Frame.HEADER_BYTES + length);
            lines.add(line(type, flags, streamId, payload));
        }
        unread.reset();
        unread.write(in.array(), in.position(), in.remaining());
        return lines;
    }

    private String line(int type, int flags, int streamId, ByteBuffer payload) {
        String end = (flags & H2Frame.END_STREAM) != 0 ? " END" : "";
        return switch (type) {
            case H2Frame.DATA -> "DATA " + streamId + " " + text(payload) + end;
            case H2Frame.HEADERS -> "HEADERS " + streamId + " " + fields(payload) + end;
            case H2Frame.RST_STREAM -> "RST_STREAM " + streamId + " " + payload.getInt();
            case H2Frame.SETTINGS -> (flags & H2Frame.ACK) != 0 ? "SETTINGS ACK" : "SETTINGS";
            case H2Frame.PING -> (flags & H2Frame.ACK) != 0 ? "PING ACK " + payload.getLong() : "PING";
            case H2Frame.GOAWAY -> "GOAWAY " + payload.getInt() + " " + payload.getInt();
            case H2Frame.WINDOW_UPDATE -> "WINDOW_UPDATE " + streamId + " " + payload.getInt();
            default -> "frame " + type;
        };
    }

    private static String text(ByteBuffer payload) {
        String text = StandardCharsets.ISO_8859_1.decode(payload).toString();
        return text.length() <= 40 ? text : "(" + text.length() + ")";
    }

    /** All but the date, which changes. */
    private String fields(ByteBuffer block) {
        StringBuilder text = new StringBuilder();
        decoder.decode(block, 1 << 20, field -> {
            if (!field.name().equals("date")) {
                text.append(text.length() == 0 ? "" : ", ").append(field);
            }
        });
        return text.toString();
    }
}
