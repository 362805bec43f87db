package io.lws.bench.load;

import java.nio.ByteBuffer;

/**
 * Reads WebSocket messages that must each have the payload of the image, in one unmasked binary frame or in several: a
 * server may hand on the pieces of a long one as they come.
 */
final class WsReader implements AnswerReader {
    private static final int FIN = 0x80;
    private static final int CONTINUATION = 0;
    private static final int BINARY = 2;
    private static final int LENGTH = 0x7f;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MAX_HEAD_BYTES = 10;

    private final ByteImage payload;
    private final byte[] head = new byte[MAX_HEAD_BYTES];
    private int headBytes;
    private int frameLeftBytes;
    private int messageBytes;
    /** Between the first and the last frame of a message. */
    private boolean open;

    private boolean first = true;
    private int messages;

    WsReader(ByteImage payload) {
        this.payload = payload;
    }

    /** The head of a whole binary message as a server sends it: the shortest form of the length, no mask. */
    static byte[] head(int lengthBytes) {
        byte finBinary = (byte) (FIN | BINARY);
        if (lengthBytes < LENGTH_16) {
            return new byte[] {finBinary, (byte) lengthBytes};
        }
        ByteBuffer head =
                ByteBuffer.allocate(lengthBytes < 1 << 16 ? 4 : MAX_HEAD_BYTES).put(finBinary);
        if (lengthBytes < 1 << 16) {
            return head.put((byte) LENGTH_16).putShort((short) lengthBytes).array();
        }
        return head.put((byte) LENGTH_64).putLong(lengthBytes).array();
    }

    @Override
    public int read(ByteBuffer in) {
        messages = 0;
        while (in.hasRemaining()) {
            if (frameLeftBytes == 0) {
                readHead(in);
            } else {
                readPayload(in);
            }
        }
        return messages;
    }

    private void readHead(ByteBuffer in) {
        while (in.hasRemaining() && headBytes < neededBytes()) {
            head[headBytes++] = in.get();
        }
        if (headBytes == neededBytes()) {
            checkHead();
            frameLeftBytes = length();
            if (frameLeftBytes == 0) {
                endFrame();
            }
        }
    }

    private int neededBytes() {
        int length = headBytes < 2 ? 0 : head[1] & LENGTH;
        return length < LENGTH_16 ? 2 : length == LENGTH_16 ? 4 : MAX_HEAD_BYTES;
    }

    private void checkHead() {
        int opcode = head[0] & ~FIN & 0xff;
        if (opcode != (open ? CONTINUATION : BINARY) || head[1] < 0) {
            throw new WrongAnswer("a frame begins with the bytes " + (head[0] & 0xff) + ", " + (head[1] & 0xff));
        }
        if (length() > payload.length() - messageBytes) {
            throw new WrongAnswer("a message is longer than " + payload.length() + " bytes");
        }
    }

    private int length() {
        int length = head[1] & LENGTH;
        ByteBuffer bytes = ByteBuffer.wrap(head);
        return length < LENGTH_16
                ? length
                : length == LENGTH_16
                        ? bytes.getShort(2) & 0xffff
                        : (int) Math.min(Integer.MAX_VALUE, bytes.getLong(2));
    }

    private void readPayload(ByteBuffer in) {
        int n = Math.min(in.remaining(), frameLeftBytes);
        if (!payload.matches(in, messageBytes, n, first)) {
            throw new WrongAnswer("the payload of a frame is not what was sent");
        }
        in.position(in.position() + n);
        messageBytes += n;
        frameLeftBytes -= n;
        if (frameLeftBytes == 0) {
            endFrame();
        }
    }

    private void endFrame() {
        headBytes = 0;
        open = (head[0] & FIN) == 0;
        if (open) {
            return;
        }
        if (messageBytes != payload.length()) {
            throw new WrongAnswer("a message has " + messageBytes + " bytes instead of " + payload.length());
        }
        messageBytes = 0;
        first = false;
        messages++;
    }
}
