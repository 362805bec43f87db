package io.lws.integration;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** What every client sends to the echo, and how. The scripts for other languages have the same rows. */
enum EchoedMessages {
    TEXT(Kind.TEXT, "héllo, 世界 🙂".getBytes(StandardCharsets.UTF_8), 1),
    EMPTY_TEXT(Kind.TEXT, new byte[0], 1),
    BINARY(Kind.BINARY, random(1000), 1),
    EMPTY_BINARY(Kind.BINARY, new byte[0], 1),
    LONG_TEXT(Kind.TEXT, "0123456789abcdef".repeat(1 << 16).getBytes(StandardCharsets.UTF_8), 1),
    LONG_BINARY(Kind.BINARY, random(1 << 20), 1),
    FRAGMENTED_TEXT(Kind.TEXT, "é".repeat(3001).getBytes(StandardCharsets.UTF_8), 3),
    FRAGMENTED_BINARY(Kind.BINARY, random(100_001), 5);

    enum Kind {
        TEXT,
        BINARY
    }

    final Kind kind;
    private final byte[] payload;
    private final int fragments;

    EchoedMessages(Kind kind, byte[] payload, int fragments) {
        this.kind = kind;
        this.payload = payload;
        this.fragments = fragments;
    }

    private static byte[] random(int lengthBytes) {
        byte[] bytes = new byte[lengthBytes];
        new Random(lengthBytes).nextBytes(bytes);
        return bytes;
    }

    ByteBuffer payload() {
        return ByteBuffer.wrap(payload).asReadOnlyBuffer();
    }

    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** The payload as the row wants it sent; text is cut between characters of two bytes. */
    List<ByteBuffer> fragments() {
        int step = (payload.length / fragments) & ~1;
        return java.util.stream.IntStream.range(0, fragments)
                .mapToObj(i -> {
                    int from = i * step;
                    return ByteBuffer.wrap(payload, from, i == fragments - 1 ? payload.length - from : step)
                            .slice();
                })
                .toList();
    }
}
