package io.lws.http.h2;

import io.lws.CloseInfo;
import io.lws.buffer.BufferChain;
import io.lws.loop.EventLoop;
import io.lws.loop.Interest;
import io.lws.loop.Serviceable;
import io.lws.net.Transport;
import io.lws.tls.TlsInfo;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A stream as the lower half of a connection of its own (RFC 8441): what stands on it cannot tell it from a socket. Both
 * ways pass through buffers, for the loop's own are in use while the connection below is served; credit is given as the
 * upper half reads.
 */
final class H2Tunnel implements Transport, StreamUser, Serviceable {
    /** Output that waits for the peer's credit: beyond it the tunnel is choked. */
    private static final int MAX_WAITING_BYTES = 64 << 10;

    /** How the peer's side stands. */
    private enum Inbound {
        FLOWING,
        ENDED,
        BROKEN
    }

    private final H2Stream stream;
    private final BufferChain arrived = new BufferChain();
    private Inbound inbound = Inbound.FLOWING;
    private @Nullable EventLoop loop;
    private @Nullable Events above;
    private int interest = Interest.NONE;
    private boolean queued;
    private boolean closed;

    H2Tunnel(H2Stream stream) {
        this.stream = stream;
    }

    // ---- from the stream

    @Override
    public void onData(H2Stream from, ByteBuffer content) {
        arrived.append(content);
        announce();
    }

    @Override
    public boolean keepsContent() {
        return true;
    }

    @Override
    public void onEnd(H2Stream from) {
        inbound = Inbound.ENDED;
        announce();
    }

    @Override
    public void onWriteable(H2Stream from) {
        announce();
    }

    @Override
    public void onTimeout(H2Stream from) {
        // it sets no deadline: what stands on it has its own
    }

    @Override
    public void onClosed(CloseInfo info) {
        inbound = Inbound.BROKEN;
        interest |= Interest.READ;
        announce();
    }

    // ---- from the connection above

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
        if (!arrived.isEmpty()) {
            int n = arrived.drainTo(dst);
            stream.h2.input.credit(stream, n);
            announce();
            return n;
        }
        failIfBroken();
        return inbound == Inbound.ENDED ? -1 : 0;
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        failIfBroken();
        BufferChain waiting = stream.waiting;
        long waitingBytes = waiting == null ? 0 : waiting.lengthBytes();
        int n = (int) Math.min(src.remaining(), MAX_WAITING_BYTES - waitingBytes);
        if (n < src.remaining()) {
            stream.requestWriteable();
        }
        if (n <= 0) {
            return 0;
        }
        int limit = src.limit();
        src.limit(src.position() + n);
        stream.h2.output.wait(stream, src, false);
        src.limit(limit);
        return n;
    }

    private void failIfBroken() throws IOException {
        if (inbound == Inbound.BROKEN || closed) {
            throw new IOException("stream reset");
        }
    }

    @Override
    public void interest(int value) {
        interest = value;
        if ((value & Interest.WRITE) != 0) {
            stream.requestWriteable();
        }
        announce();
    }

    @Override
    public void shutdownOutput() throws IOException {
        failIfBroken();
        if (stream.state().maySend() && !stream.endWaiting) {
            stream.h2.output.wait(stream, ByteBuffer.allocate(0), true);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        above = null;
        stream.h2.input.creditConnection((int) arrived.lengthBytes());
        arrived.clear();
        if (stream.user() != this) {
            return;
        }
        stream.user(null);
        if (stream.endWaiting || stream.state() == StreamState.HALF_CLOSED_LOCAL) {
            stream.h2.leave(stream);
        } else {
            stream.h2.reset(stream, H2Error.CANCEL, CloseInfo.local(0, "closed"));
        }
    }

    @Override
    public @Nullable TlsInfo tls() {
        return stream.h2.connection.transport().tls();
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return stream.h2.connection.transport().remoteAddress();
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return stream.h2.connection.transport().localAddress();
    }

    // ---- readiness

    private int ready() {
        boolean readable = !arrived.isEmpty() || inbound != Inbound.FLOWING;
        boolean writeable = !stream.hasWaiting() || inbound == Inbound.BROKEN;
        return interest & ((readable ? Interest.READ : 0) | (writeable ? Interest.WRITE : 0));
    }

    private void announce() {
        EventLoop on = loop;
        if (on != null && !queued && !closed && ready() != 0) {
            queued = true;
            on.serveThisTurn(this);
        }
    }

    /** From the loop's queue: tells of what is ready, as a poller would. */
    @Override
    public void service() {
        queued = false;
        int ready = ready();
        if ((ready & Interest.WRITE) != 0 && above != null) {
            above.onWriteable();
        }
        if ((ready & Interest.READ) != 0 && above != null) {
            above.onReadable();
        }
        EventLoop on = loop;
        if (on != null && !queued && !closed && ready() != 0) {
            queued = true;
            on.serveNextTurn(this);
        }
    }
}
