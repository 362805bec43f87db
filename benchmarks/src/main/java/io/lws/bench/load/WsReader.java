package io.lws.bench.load;

import java.nio.ByteBuffer;

/** Reads WebSocket messages that must each be one unmasked binary frame with the payload of the image. */
final class WsReader implements AnswerReader {
    private static final int FIN_BINARY = 0x82;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    private final ByteImage payload;
    private final byte[] head;
    private int at;
    private boolean first = true;

    WsReader(ByteImage payload) {
        this.payload = payload;
        head = head(payload.length());
    }

    /** The head of such a frame as a server sends it: the shortest form of the length, no mask. */
    static byte[] head(int lengthBytes) {
        if (lengthBytes < LENGTH_16) {
            return new byte[] {(byte) FIN_BINARY, (byte) lengthBytes};
        }
        if (lengthBytes < 1 << 16) {
            return ByteBuffer.allocate(4)
                    .put((byte) FIN_BINARY)
                    .put((byte) LENGTH_16)
                    .putShort((short) lengthBytes)
                    .array();
        }
        return ByteBuffer.allocate(10)
                .put((byte) FIN_BINARY)
                .put((byte) LENGTH_64)
                .putLong(lengthBytes)
                .array();
    }

    @Override
    public int read(ByteBuffer in) {
        int messages = 0;
        while (in.hasRemaining()) {
            int n = at < head.length ? head(in) : payload(in);
            in.position(in.position() + n);
            at += n;
            if (at == head.length + payload.length()) {
                at = 0;
                first = false;
                messages++;
            }
        }
        return messages;
    }

    private int head(ByteBuffer in) {
        int n = Math.min(in.remaining(), head.length - at);
        for (int i = 0; i < n; i++) {
            if (in.get(in.position() + i) != head[at + i]) {
                throw new WrongAnswer("a frame does not begin as it should, byte " + (at + i) + " is "
                        + (in.get(in.position() + i) & 0xff));
            }
        }
        return n;
    }

    private int payload(ByteBuffer in) {
        int done = at - head.length;
        int n = Math.min(in.remaining(), payload.length() - done);
        if (!payload.matches(in, done, n, first)) {
            throw new WrongAnswer("the payload of a frame is not what was sent");
        }
        return n;
    }
}
