package io.lws.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Wire images of requests. */
final class Requests {
    private static final int MASK_KEY = 0x5ac31f86;
    private static final int MASKED = 0x80;

    private Requests() {}

    static byte[] get(String path, String host) {
        return ("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** A binary message in one frame, masked as RFC 6455 section 5.3 has it. */
    static byte[] frame(byte[] payload) {
        byte[] head = WsReader.head(payload.length);
        head[1] |= (byte) MASKED;
        ByteBuffer frame = ByteBuffer.allocate(head.length + Integer.BYTES + payload.length);
        frame.put(head).putInt(MASK_KEY);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ MASK_KEY >>> 24 - 8 * (i & 3)));
        }
        return frame.array();
    }
}
