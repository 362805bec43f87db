package io.lws.ws;

import io.lws.ProtocolException;
import io.lws.testing.SplitFeeder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Wire images for the tests, and the parser as the split feeder wants it. Knows nothing of the writer under test. */
final class Frames {
    static final int KEY = 0x37fa213d;

    private Frames() {}

    static byte[] hex(String spaced) {
        return HexFormat.of().parseHex(spaced.replace(" ", ""));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** A frame as a client sends it. */
    static byte[] masked(int head, byte[] payload) {
        byte[] key = ByteBuffer.allocate(4).putInt(KEY).array();
        byte[] masked = payload.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= key[i & 3];
        }
        return join(new byte[] {(byte) head}, length(payload.length, 0x80), key, masked);
    }

    static byte[] masked(int head, String text) {
        return masked(head, utf8(text));
    }

    /** A frame as a server sends it. */
    static byte[] plain(int head, byte[] payload) {
        return join(new byte[] {(byte) head}, length(payload.length, 0), payload);
    }

    private static byte[] length(int length, int mask) {
        if (length < 126) {
            return new byte[] {(byte) (mask | length)};
        }
        return length <= 0xffff
                ? ByteBuffer.allocate(3)
                        .put((byte) (mask | 126))
                        .putShort((short) length)
                        .array()
                : ByteBuffer.allocate(9)
                        .put((byte) (mask | 127))
                        .putLong(length)
                        .array();
    }

    static SplitFeeder.Subject server() {
        return new Recorder(WsSide.SERVER, WsLimits.defaults(), 0);
    }

    static SplitFeeder.Subject client() {
        return new Recorder(WsSide.CLIENT, WsLimits.defaults(), 0);
    }

    /**
     * Writes down whole messages, control frames and the wire code of a violation. Where the payload was cut into pieces
     * does not show, so that every way to split a wire image yields the same lines.
     */
    static final class Recorder implements SplitFeeder.Subject {
        private final WsFrameParser parser;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private boolean open;

        Recorder(WsSide side, WsLimits limits, int allowedRsv) {
            parser = new WsFrameParser(side, limits, allowedRsv);
        }

        @Override
        public void feed(ByteBuffer in, List<String> events) {
            try {
                for (int event = parser.next(in); event != WsFrameParser.NEED_MORE; event = parser.next(in)) {
                    record(event, in, events);
                }
            } catch (ProtocolException violation) {
                events.add("FAIL " + violation.code());
            }
        }

        private void record(int event, ByteBuffer in, List<String> events) {
            byte[] payload = new byte[parser.payloadBytes()];
            in.get(parser.payloadIndex(), payload);
            switch (event) {
                case WsFrameParser.DATA -> data(payload, events);
                case WsFrameParser.PING -> events.add("PING " + show(payload));
                case WsFrameParser.PONG -> events.add("PONG " + show(payload));
                default -> events.add("CLOSE " + parser.closeCode(in) + " " + parser.closeReason(in));
            }
        }

        private void data(byte[] payload, List<String> events) {
            int piece = parser.piece();
            if ((piece & WsPiece.FIRST) != 0 == open) {
                events.add("FIRST at the wrong piece");
            }
            message.writeBytes(payload);
            open = (piece & WsPiece.FINAL) == 0;
            if (open) {
                return;
            }
            String kind = (piece & WsPiece.OPCODE) == WsWire.TEXT ? "TEXT " : "BINARY ";
            String rsv = (piece & WsWire.RSV) == 0 ? "" : "RSV ";
            events.add(kind + rsv + show(message.toByteArray()));
            message.reset();
        }

        /** Short printable text as it is, other bytes in hex, long ones by length and hash. */
        static String show(byte[] payload) {
            if (payload.length > 200) {
                return payload.length + "#" + Arrays.hashCode(payload);
            }
            String text = new String(payload, StandardCharsets.UTF_8);
            boolean printable = text.chars().allMatch(c -> c >= ' ' && c != 0xfffd);
            return printable ? text : HexFormat.of().formatHex(payload);
        }
    }
}
