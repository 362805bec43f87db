package io.lws.net;

import io.lws.Log;
import io.lws.loop.EventLoop;
import io.lws.loop.Interest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * What blocks and cannot be waited for, such as files: a thread reads and another writes, each one piece ahead at most.
 * The loop's thread never blocks on either.
 */
final class BridgedTransport implements Transport {
    private static final Log LOG = Log.of("lws.net");
    private static final int PIECE_BYTES = 64 << 10;

    private final String name;
    private final @Nullable FileChannel in;
    private final @Nullable FileChannel out;
    private final Piece read = new Piece();
    private final Piece written = new Piece();
    private @Nullable EventLoop loop;
    private @Nullable Events above;
    private int interest = Interest.READ;
    private boolean queued;

    /** A piece of bytes that belongs to one of two threads at a time. Guarded by its own monitor. */
    private static final class Piece {
        final ByteBuffer bytes = ByteBuffer.allocateDirect(PIECE_BYTES);
        /** It is the loop's, not the bridge's. */
        boolean loops;

        boolean ended;
        boolean closed;

        @Nullable
        IOException failure;
    }

    BridgedTransport(String name, @Nullable FileChannel in, @Nullable FileChannel out) {
        this.name = name;
        this.in = in;
        this.out = out;
        written.loops = true;
        written.bytes.limit(0);
    }

    @Override
    public void open(EventLoop on, Events events) {
        loop = on;
        above = events;
        if (in != null) {
            start("read", () -> readAll(in, on));
        }
        if (out != null) {
            start("write", () -> writeAll(out, on));
        }
    }

    private void start(String what, Runnable body) {
        Thread thread = new Thread(body, "lws-bridge " + what + " " + name);
        thread.setDaemon(true); // a read from a terminal may never come back
        thread.start();
    }

    @Override
    public void tell(Events events) {
        above = events;
    }

    // ---- the bridge's threads

    private void readAll(FileChannel from, EventLoop on) {
        boolean more = true;
        while (more) {
            IOException failure = null;
            int n = -1;
            try {
                n = from.read(read.bytes.clear());
            } catch (IOException e) {
                failure = e;
            }
            synchronized (read) {
                read.bytes.flip();
                read.failure = failure;
                read.ended = n < 0;
                read.loops = true;
            }
            on.execute(this::tellReadable);
            more = n >= 0 && awaitTurn(read);
        }
    }

    private void writeAll(FileChannel to, EventLoop on) {
        while (awaitTurn(written)) {
            IOException failure = null;
            try {
                while (written.bytes.hasRemaining()) {
                    to.write(written.bytes);
                }
            } catch (IOException e) {
                failure = e;
            }
            synchronized (written) {
                written.failure = failure;
                written.loops = true;
            }
            on.execute(this::tellWriteable);
        }
        if (in == null) {
            close(to);
        }
    }

    /** Waits until the piece is the bridge's; false when there will be no more. */
    private static boolean awaitTurn(Piece piece) {
        synchronized (piece) {
            while (piece.loops && !piece.closed) {
                try {
                    piece.wait();
                } catch (InterruptedException e) {
                    piece.closed = true;
                }
            }
            return !piece.loops;
        }
    }

    // ---- the loop's thread

    private void tellReadable() {
        queued = false;
        if (above != null && (interest & Interest.READ) != 0) {
            above.onReadable();
            tellLater();
        }
    }

    private void tellWriteable() {
        if (above != null) {
            above.onWriteable();
        }
    }

    /** While something is there it is told again, as of a socket. */
    private void tellLater() {
        EventLoop on = loop;
        if (!queued && above != null && on != null && (interest & Interest.READ) != 0 && isReadable()) {
            queued = true;
            on.serveNextTurn(this::tellReadable);
        }
    }

    private boolean isReadable() {
        synchronized (read) {
            return read.loops;
        }
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        synchronized (read) {
            if (!read.loops) {
                return 0;
            }
            if (read.failure != null) {
                throw read.failure;
            }
            int n = Math.min(dst.remaining(), read.bytes.remaining());
            dst.put(read.bytes.slice().limit(n));
            read.bytes.position(read.bytes.position() + n);
            if (n == 0 && read.ended) {
                return -1;
            }
            if (!read.bytes.hasRemaining() && !read.ended) {
                read.loops = false;
                read.notifyAll();
            }
            return n;
        }
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        synchronized (written) {
            if (out == null) {
                throw new IOException(name + " is only read from");
            }
            if (written.failure != null) {
                throw written.failure;
            }
            if (!written.loops || written.closed) {
                return 0;
            }
            int n = Math.min(src.remaining(), PIECE_BYTES);
            written.bytes.clear().put(src.slice().limit(n)).flip();
            src.position(src.position() + n);
            written.loops = n == 0;
            written.notifyAll();
            return n;
        }
    }

    @Override
    public boolean flush() throws IOException {
        synchronized (written) {
            if (written.failure != null) {
                throw written.failure;
            }
            return written.loops;
        }
    }

    @Override
    public void interest(int wanted) {
        interest = wanted;
        tellLater();
    }

    @Override
    public void shutdownOutput() throws IOException {
        end(written);
        // a file gives no answer to wait for
        throw new IOException("no end of " + name + " to wait for");
    }

    private static void end(Piece piece) {
        synchronized (piece) {
            piece.closed = true;
            piece.notifyAll();
        }
    }

    @Override
    public void close() {
        above = null;
        end(read);
        end(written);
        if (in != null) {
            close(in);
        }
        if (out != null) {
            close(out);
        }
    }

    private void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn(name, "closing: " + e.getMessage());
        }
    }
}
