package io.lws.tls;

import java.nio.ByteBuffer;

/**
 * Room to work in, shared by the TLS connections of a loop: each uses it within one call and leaves nothing in it. On the
 * heap for engines that work on arrays, direct for those that work on native memory.
 */
final class TlsBuffers {
    /** One read from the socket. */
    static final int READ_BYTES = 64 << 10;

    /** A ClientHello and one read behind it, and the end of a record from before. */
    private static final int IN_BYTES = (128 << 10) + (32 << 10);
    /** The loop's gather buffer in records, and the room an engine insists on having free. */
    private static final int OUT_BYTES = (128 << 10) + (64 << 10);

    private static final int PLAIN_BYTES = 64 << 10;

    private final ByteBuffer in;
    private final ByteBuffer out;
    private final ByteBuffer plain;

    TlsBuffers(boolean direct) {
        in = allocate(direct, IN_BYTES);
        out = allocate(direct, OUT_BYTES);
        plain = allocate(direct, PLAIN_BYTES);
    }

    private static ByteBuffer allocate(boolean direct, int bytes) {
        return direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
    }

    /** Ciphertext from the peer; empty. */
    ByteBuffer in() {
        return in.clear();
    }

    /** Ciphertext for the peer; holds what was put there since it was last sent. */
    ByteBuffer out() {
        return out;
    }

    /** Plain text that does not fit where it should go; empty. */
    ByteBuffer plain() {
        return plain.clear();
    }
}
