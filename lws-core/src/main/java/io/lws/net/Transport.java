package io.lws.net;

import io.lws.loop.EventLoop;
import io.lws.tls.TlsInfo;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * The lower half of a connection: non-blocking bytes. A plain channel, TLS, an h2 stream, a pair in memory. Belongs to
 * one loop's thread.
 */
public interface Transport {
    /** What a transport tells the connection above it, on the loop's thread. */
    interface Events {
        /** {@link Transport#read} may have something. */
        void onReadable();

        /** {@link Transport#write} may take something after it had been short. */
        void onWriteable();
    }

    /** Starts telling {@code above}; the first interest is reading. Called once. */
    void open(EventLoop loop, Events above) throws IOException;

    /** Bytes read into {@code dst}; 0 = nothing there, negative = the peer has ended its output. */
    int read(ByteBuffer dst) throws IOException;

    /** Takes what it can of {@code src}; a rest means that it is choked until {@link Events#onWriteable}. */
    int write(ByteBuffer src) throws IOException;

    /**
     * Sends from a file without passing through memory of ours.
     *
     * @return bytes taken, fewer than asked when choked; negative = this transport cannot, write instead
     */
    default long transferFrom(FileChannel file, long position, long count) throws IOException {
        return -1;
    }

    /**
     * Sends on what an earlier {@link #write} took in and the peer did not take yet; false while some of it is left, and
     * then {@link Events#onWriteable} comes.
     */
    default boolean flush() throws IOException {
        return true;
    }

    /** Tells {@code above} from now on instead of whom {@link #open} was given: another transport stands on this one now. */
    default void tell(Events above) {
        throw new UnsupportedOperationException("nothing can be put on top of this transport");
    }

    /** What a TLS handshake on this transport or below it has agreed on; {@code null} for plain text. */
    default @Nullable TlsInfo tls() {
        return null;
    }

    /** Which {@link io.lws.loop.Interest} bits matter now: {@code READ}, {@code WRITE}. */
    void interest(int interest);

    /** True while decoded bytes wait inside that no readiness of the socket will announce. */
    default boolean hasBuffered() {
        return false;
    }

    /** Ends our output (FIN, close_notify); reading goes on. */
    void shutdownOutput() throws IOException;

    /**
     * From now on {@link #close} without {@link #shutdownOutput} before resets the stream, where it can be reset: for
     * output whose end is the end of the stream, so that a part of it is not taken for the whole.
     */
    default void resetUnlessEnded() {}

    /** Frees everything at once. Idempotent, never throws. */
    void close();

    default @Nullable SocketAddress remoteAddress() {
        return null;
    }

    default @Nullable SocketAddress localAddress() {
        return null;
    }
}
