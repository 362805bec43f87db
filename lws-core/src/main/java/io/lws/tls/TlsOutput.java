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
    private boolean finAfterFlush;

    TlsOutput(Transport below, TlsBuffers buffers) {
        this.below = below;
        this.buffers = buffers;
    }

    /** To be appended to; {@link #send} must follow before the call ends. */
    ByteBuffer buffer() {
        return buffers.out();
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
        flush();
    }

    /** Nothing more will go out. */
    void discard() {
        unsent = null;
        finAfterFlush = false;
    }
}
