package io.lws.net;

import java.nio.ByteBuffer;

/** Input that a role has left: exactly as many bytes as there are, for they may have to wait long. Its loop's thread. */
final class Unread {
    /** Whether it is worth offering by itself. */
    enum Next {
        /** The role was stopped before it had seen it, or is a new one. */
        DUE,
        /** The role waits for more behind it. */
        REFUSED
    }

    private final ByteBuffer bytes;
    private Next next;

    /** Takes the rest of {@code in}, the loop's own buffer. */
    Unread(ByteBuffer in, Next next) {
        bytes = ByteBuffer.allocate(in.remaining()).put(in).flip();
        this.next = next;
    }

    boolean isDue() {
        return next == Next.DUE;
    }

    /** Another role has come, which has not refused it. */
    void offerAgain() {
        next = Next.DUE;
    }

    /** Puts it in front of what will be read into {@code in}. */
    void moveTo(ByteBuffer in) {
        in.put(bytes);
    }
}
