package io.lws.bench.load;

import java.nio.ByteBuffer;

/** The bytes an answer must consist of, compared without making objects. */
final class ByteImage {
    /** How much of each piece of a large body is compared after the first body of a connection. */
    private static final int SAMPLE_BYTES = 4096;

    private final ByteBuffer bytes;

    ByteImage(byte[] content) {
        bytes = ByteBuffer.allocateDirect(content.length).put(content).flip();
    }

    int length() {
        return bytes.capacity();
    }

    /** Replaces eight bytes: what tells one publication from the next. */
    void number(long value) {
        bytes.putLong(0, value);
    }

    /** Compares {@code n} bytes of {@code in} with those {@code at} bytes into this image; all of them if {@code wholly}. */
    boolean matches(ByteBuffer in, int at, int n, boolean wholly) {
        int from = in.position();
        int end = wholly ? n : Math.min(n, SAMPLE_BYTES);
        int i = 0;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            if (in.getLong(from + i) != bytes.getLong(at + i)) {
                return false;
            }
        }
        for (; i < end; i++) {
            if (in.get(from + i) != bytes.get(at + i)) {
                return false;
            }
        }
        return true;
    }
}
