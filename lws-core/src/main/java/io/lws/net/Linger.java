package io.lws.net;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The last part of a connection's life: our FIN is out, and what the peer still sends is thrown away until its own FIN.
 * To close with bytes unread would reset the connection, and the reset could overtake our last output.
 */
final class Linger {
    private static final int MAX_BYTES = 1 << 20;

    private int bytes;

    /** Throws away what {@code transport} has; true when the end has come, or when the peer has had its share. */
    boolean discard(Transport transport, ByteBuffer into) {
        try {
            int n;
            do {
                n = transport.read(into.clear());
                bytes += Math.max(0, n);
            } while (n > 0 && bytes <= MAX_BYTES && transport.hasBuffered());
            return n < 0 || bytes > MAX_BYTES;
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }
}
