package io.lws.tls;

import io.lws.buffer.BufferChain;
import io.lws.net.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Ciphertext on its way out: gathered in the loop's shared buffer within a call, and what the socket does not take kept
 * here until it does.
 */
final class TlsOutput {
    private final Transport below;
    private final TlsBuffers buffers;
    private @Nullable BufferChain unsent;
    /** The end of a handshake, which goes before the answer to what came with the peer's. */
    private @Nullable ByteBuffer waitsForNext;

    private boolean finAfterFlush;

    TlsOutput(Transport below, TlsBuffers buffers) {
        this.below = below;
        this.buffers = buffers;
    }

    /** To be appended to; {@link #send} must follow before the call ends. */
    ByteBuffer buffer() {
        ByteBuffer out = buffers.out();
        ByteBuffer first = waitsForNext;
        if (first != null) {
            waitsForNext = null;
            out.put(first);
        }
        return out;
    }

    /**
     * Everything gathered goes with what is written next, or with {@link #sendHeldBack}, and the shared buffer is empty.
     * False where nothing is held back.
     */
    boolean holdBack() {
        ByteBuffer out = buffers.out();
        if (out.position() > 0) {
            waitsForNext = ByteBuffer.allocate(out.position()).put(out.flip()).flip();
            out.clear();
        }
        return waitsForNext != null;
    }

    void sendHeldBack() throws IOException {
        if (waitsForNext != null) {
            buffer();
            send();
        }
    }

    boolean isChoked() {
        return unsent != null;
    }

    /** Everything gathered: out, or behind what waits already. */
    void send() throws IOException {
        ByteBuffer out = buffers.out();
        if (out.position() == 0) {
            return;
        }
        out.flip();
        try {
            if (unsent == null) {
                below.write(out);
            }
            if (out.hasRemaining()) {
                BufferChain waiting = unsent == null ? new BufferChain() : unsent;
                waiting.append(out);
                unsent = waiting;
            }
        } finally {
            out.clear();
        }
    }

    /** False while the socket does not take all that waits. */
    boolean flush() throws IOException {
        if (unsent != null) {
            sendHeldBack(); // which is behind it
        }
        BufferChain waiting = unsent;
        while (waiting != null && !waiting.isEmpty()) {
            ByteBuffer head = waiting.head();
            waiting.consumed(below.write(head));
            if (head.hasRemaining()) {
                return false;
            }
        }
        unsent = null;
        if (finAfterFlush) {
            finAfterFlush = false;
            below.shutdownOutput();
        }
        return true;
    }

    /** FIN behind everything sent so far. */
    void end() throws IOException {
        finAfterFlush = true;
        sendHeldBack();
        flush();
    }

    /** Nothing more will go out. */
    void discard() {
        unsent = null;
        waitsForNext = null;
        finAfterFlush = false;
    }
}
