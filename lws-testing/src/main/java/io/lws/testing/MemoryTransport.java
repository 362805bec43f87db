package io.lws.testing;

import io.lws.loop.EventLoop;
import io.lws.loop.Interest;
import io.lws.loop.Serviceable;
import io.lws.net.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One end of a stream without a socket. {@link #pair} makes one end; {@link #peer} is the other. Either a connection
 * stands on an end, or the test holds it and calls {@link #send}, {@link #received}, {@link #fin} and {@link #reset}.
 *
 * <p>Behaves as a TCP socket under a level-triggered selector: readiness comes once per turn of the loop while there is
 * some, closing with unread bytes resets the other end and loses what that had not read. The connection's end can be
 * told to be narrow: {@link #deliverPerRead}, {@link #acceptPerWrite}, {@link #refuse}. One thread.
 */
public final class MemoryTransport implements Transport, Serviceable {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** How the other end's output stands. */
    private enum Inbound {
        FLOWING,
        ENDED,
        RESET
    }

    /** Who announces bytes: readiness while there are any, or, as TLS, only what is newly arrived. */
    private enum Announcing {
        LEVEL,
        ARRIVALS,
        /** {@link #ARRIVALS}, and all that arrived has been announced: the rest is {@link #hasBuffered}. */
        ARRIVALS_DONE
    }

    private @Nullable MemoryTransport other;
    private ByteBuffer inboundBytes = NOTHING;
    private Inbound inbound = Inbound.FLOWING;
    private Announcing announcing = Announcing.LEVEL;
    private int deliverPerRead = Integer.MAX_VALUE;
    private int acceptPerWrite = Integer.MAX_VALUE;
    private boolean refusing;
    private boolean takesFiles = true;
    private boolean outputEnded;
    private boolean resetUnlessEnded;
    private boolean closed;
    private boolean queued;
    private int interest = Interest.NONE;
    private int reads;
    private int writes;
    private @Nullable EventLoop loop;
    private @Nullable Events above;

    private MemoryTransport() {}

    /** One end of a new stream. */
    public static MemoryTransport pair() {
        MemoryTransport near = new MemoryTransport();
        MemoryTransport far = new MemoryTransport();
        near.other = far;
        far.other = near;
        return near;
    }

    /** The other end. */
    public MemoryTransport peer() {
        MemoryTransport peer = other;
        if (peer == null) {
            throw new IllegalStateException("not one of a pair");
        }
        return peer;
    }

    // ---- how narrow this end is

    /** Each read yields at most {@code lengthBytes}. */
    public MemoryTransport deliverPerRead(int lengthBytes) {
        deliverPerRead = lengthBytes;
        return this;
    }

    /** Each write takes at most {@code lengthBytes}; the next may follow once writeable was announced. */
    public MemoryTransport acceptPerWrite(int lengthBytes) {
        acceptPerWrite = lengthBytes;
        return this;
    }

    /** Takes no output until {@link #allow}. */
    public MemoryTransport refuse() {
        refusing = true;
        return this;
    }

    /** Each write fails from now on, as where the peer has closed; what has arrived can still be read. */
    public MemoryTransport failWrites() {
        outputEnded = true;
        return this;
    }

    /** Undoes {@link #refuse}. */
    public MemoryTransport allow() {
        refusing = false;
        announce();
        return this;
    }

    /** Buffers as TLS does: what a read leaves inside is not announced again, only {@link #hasBuffered} tells of it. */
    public MemoryTransport buffering() {
        announcing = Announcing.ARRIVALS;
        return this;
    }

    /** Cannot send files, as TLS cannot. */
    public MemoryTransport withoutFiles() {
        takesFiles = false;
        return this;
    }

    // ---- what a test does with an end of its own

    /** Bytes for the other end. Ignores {@link #acceptPerWrite} and {@link #refuse}. */
    public void send(byte... bytes) {
        peer().arrive(ByteBuffer.wrap(bytes));
    }

    /** As {@link #send(byte...)}, one byte per character. */
    public void send(String latin1) {
        send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Takes everything that has arrived at this end. */
    public byte[] received() {
        byte[] taken = new byte[inboundBytes.remaining()];
        inboundBytes.get(taken);
        inboundBytes = NOTHING;
        return taken;
    }

    /** As {@link #received}, one character per byte. */
    public String receivedText() {
        return new String(received(), StandardCharsets.ISO_8859_1);
    }

    /** Ends the output of this end. */
    public void fin() {
        outputEnded = true;
        peer().arrived(Inbound.ENDED);
    }

    /** Breaks the stream: from now on the other end reads and writes nothing but {@link IOException}s. */
    public void reset() {
        peer().inboundBytes = NOTHING;
        peer().arrived(Inbound.RESET);
    }

    // ---- what a test looks at

    /** True once the other end has sent its FIN (bytes may still wait to be {@link #received}). */
    public boolean sawFin() {
        return inbound == Inbound.ENDED;
    }

    public boolean sawReset() {
        return inbound == Inbound.RESET;
    }

    public boolean isClosed() {
        return closed;
    }

    /** Calls of {@link #read}: what would have been system calls. */
    public int reads() {
        return reads;
    }

    /** Calls of {@link #write} and {@link #transferFrom}. */
    public int writes() {
        return writes;
    }

    /** What the connection on this end wants to hear of. */
    public int interest() {
        return interest;
    }

    // ---- what a connection does

    @Override
    public void open(EventLoop on, Events events) {
        loop = on;
        above = events;
        interest(Interest.READ);
    }

    @Override
    public void tell(Events events) {
        above = events;
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        reads++;
        failIfBroken();
        if (!inboundBytes.hasRemaining()) {
            return inbound == Inbound.ENDED ? -1 : 0;
        }
        int n = Math.min(Math.min(deliverPerRead, dst.remaining()), inboundBytes.remaining());
        dst.put(inboundBytes.slice(inboundBytes.position(), n));
        inboundBytes.position(inboundBytes.position() + n);
        if (announcing == Announcing.ARRIVALS) {
            announcing = Announcing.ARRIVALS_DONE;
        }
        announce();
        return n;
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        writes++;
        failIfBroken();
        if (outputEnded) {
            throw new IOException("output has been ended");
        }
        int n = refusing ? 0 : Math.min(acceptPerWrite, src.remaining());
        peer().arrive(src.slice(src.position(), n));
        src.position(src.position() + n);
        return n;
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        if (!takesFiles) {
            return -1;
        }
        long wanted = Math.min(count, Math.max(0, file.size() - position));
        ByteBuffer part = ByteBuffer.allocate((int) Math.min(wanted, Math.min(acceptPerWrite, 1 << 20)));
        file.read(part, position);
        return write(part.flip());
    }

    @Override
    public void interest(int value) {
        interest = value;
        announce();
    }

    @Override
    public boolean hasBuffered() {
        return announcing == Announcing.ARRIVALS_DONE && inboundBytes.hasRemaining();
    }

    @Override
    public void resetUnlessEnded() {
        resetUnlessEnded = true;
    }

    @Override
    public void shutdownOutput() throws IOException {
        failIfBroken();
        if (!outputEnded) {
            fin();
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        above = null;
        interest = Interest.NONE;
        if (inboundBytes.hasRemaining() || resetUnlessEnded && !outputEnded) {
            reset();
        } else if (!outputEnded) {
            fin();
        }
    }

    private void failIfBroken() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        if (inbound == Inbound.RESET) {
            throw new IOException("connection reset");
        }
    }

    // ---- readiness

    private void arrive(ByteBuffer bytes) {
        if (closed && bytes.hasRemaining()) {
            reset();
        } else if (bytes.hasRemaining() && inbound == Inbound.FLOWING) {
            int waitingBytes = inboundBytes.remaining();
            byte[] all = new byte[waitingBytes + bytes.remaining()];
            inboundBytes.get(all, 0, waitingBytes);
            bytes.get(all, waitingBytes, bytes.remaining());
            inboundBytes = ByteBuffer.wrap(all);
            arrivedSomething();
        }
    }

    private void arrived(Inbound how) {
        if (inbound == Inbound.FLOWING || how == Inbound.RESET) {
            inbound = how;
            arrivedSomething();
        }
    }

    private void arrivedSomething() {
        if (announcing == Announcing.ARRIVALS_DONE) {
            announcing = Announcing.ARRIVALS;
        }
        announce();
    }

    private int ready() {
        boolean readable = inbound == Inbound.RESET
                || (inboundBytes.hasRemaining() ? announcing != Announcing.ARRIVALS_DONE : inbound == Inbound.ENDED);
        boolean writeable = inbound == Inbound.RESET || !refusing;
        return interest & ((readable ? Interest.READ : 0) | (writeable ? Interest.WRITE : 0));
    }

    private void announce() {
        EventLoop on = loop;
        if (on != null && !queued && ready() != 0) {
            queued = true;
            on.serveNextTurn(this);
        }
    }

    /** From the loop's queue: tells of what is ready, as a poller would. */
    @Override
    public void service() {
        queued = false;
        int ready = ready();
        tell(ready & Interest.WRITE);
        tell(ready & Interest.READ);
        announce();
    }

    private void tell(int what) {
        Events events = above;
        if (events == null || what == 0) {
            return;
        }
        if (what == Interest.WRITE) {
            events.onWriteable();
        } else {
            events.onReadable();
        }
    }
}
