package io.lws.tls;

import io.lws.net.LoopNet;
import io.lws.net.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Records on their way in: read into the loop's shared buffer, opened one by one within the call, and what is left of
 * them kept until there is more to read or room to put it.
 */
final class TlsInput {
    /** How the peer's output ended. */
    enum End {
        NO,
        CLOSE_NOTIFY,
        /** End of stream; the rest of what had arrived is still good. */
        FIN
    }

    /** What becomes of bytes that no call has taken. */
    enum Rest {
        /** The handshake wants them when there are more. */
        AWAITS_MORE,
        /** There may be whole records among them. */
        IS_READABLE,
        /** Nobody will read them. */
        IS_LOST
    }

    private final LoopNet net;
    private final Transport below;
    private final SSLEngine engine;
    private final TlsBuffers buffers;
    private final TlsHandshake handshake;
    private final KeyUpdateGuard guard = new KeyUpdateGuard();
    private End end = End.NO;
    /** There is more to read without the socket saying so. */
    private boolean buffered = true;
    /** The engine may hold plain text for which there was no room. */
    private boolean engineHolds;

    private int dstStart;
    private @Nullable ByteBuffer held;
    private @Nullable ByteBuffer plain;

    /** {@code first} is what has been read from {@code below} already. */
    TlsInput(LoopNet net, Transport below, TlsLink link, TlsBuffers buffers, TlsHandshake handshake, ByteBuffer first) {
        this.net = net;
        this.below = below;
        this.engine = link.engine();
        this.buffers = buffers;
        this.handshake = handshake;
        this.held = first.hasRemaining() ? first : null;
    }

    End end() {
        return end;
    }

    boolean isBuffered() {
        return buffered;
    }

    /** Read again, whatever the socket says: the engine has been at work elsewhere. */
    void lookAgain() {
        buffered = true;
    }

    boolean hasPlain() {
        return plain != null;
    }

    /** Plain text of before, as much as there is room for. */
    int takePlain(ByteBuffer dst) {
        ByteBuffer from = plain;
        if (from == null) {
            return 0;
        }
        int n = Math.min(from.remaining(), dst.remaining());
        dst.put(dst.position(), from, from.position(), n);
        dst.position(dst.position() + n);
        from.position(from.position() + n);
        plain = from.hasRemaining() ? from : null;
        return n;
    }

    /** What was kept, and what the socket has where it is its turn; {@link #keep} must follow before the call ends. */
    ByteBuffer read(ByteBuffer dst) throws IOException {
        dstStart = dst.position();
        ByteBuffer in = buffers.in();
        ByteBuffer kept = held;
        if (kept != null) {
            in.put(kept);
            held = null;
        }
        if (!buffered && end == End.NO) {
            in.limit(Math.min(in.capacity(), in.position() + TlsBuffers.READ_BYTES));
            if (below.read(in) < 0) {
                end = End.FIN;
            }
        }
        return in.flip();
    }

    /** Thrown away, to the end of stream: -1. */
    int readInVain() throws IOException {
        return below.read(buffers.in()) < 0 ? -1 : 0;
    }

    /** Opens the record at the head of {@code in}; false when there is no whole one, or no room. */
    boolean unwrap(ByteBuffer in, ByteBuffer dst, @Nullable TlsInfo info) throws IOException {
        if (end == End.CLOSE_NOTIFY || (!engineHolds && TlsRecord.at(in) == TlsRecord.At.PARTIAL)) {
            return false;
        }
        guard.refuseRenegotiation(in, info);
        SSLEngineResult result = engine.unwrap(in, dst);
        engineHolds = false;
        switch (result.getStatus()) {
            case OK:
                return afterRecord(result, dst);
            case BUFFER_OVERFLOW:
                return unwrapAside(in, dst);
            case CLOSED:
                end = End.CLOSE_NOTIFY;
                return false;
            default:
                if (TlsRecord.at(in) == TlsRecord.At.GARBAGE) {
                    throw new SSLException("no TLS record");
                }
                return false;
        }
    }

    private boolean afterRecord(SSLEngineResult result, ByteBuffer dst) throws IOException {
        engineHolds = !dst.hasRemaining();
        if (result.bytesProduced() == 0) {
            guard.countQuiet(net.loop().nowNs());
        }
        HandshakeStatus next = result.getHandshakeStatus();
        if (next == HandshakeStatus.NEED_TASK) {
            handshake.tasks().run();
            next = engine.getHandshakeStatus();
        }
        if (next == HandshakeStatus.NEED_WRAP) {
            handshake.wrapAll();
        }
        return result.bytesConsumed() > 0 || result.bytesProduced() > 0;
    }

    /** No room for a record where it should go: later, if this read has brought something, else through a buffer. */
    private boolean unwrapAside(ByteBuffer in, ByteBuffer dst) throws SSLException {
        engineHolds = true;
        if (dst.position() > dstStart) {
            return false;
        }
        ByteBuffer aside = buffers.plain();
        SSLEngineResult result = engine.unwrap(in, aside);
        engineHolds = result.getStatus() == Status.BUFFER_OVERFLOW;
        if (result.getStatus() == Status.CLOSED) {
            end = End.CLOSE_NOTIFY;
        }
        aside.flip();
        if (aside.hasRemaining()) {
            plain = ByteBuffer.allocate(aside.remaining()).put(aside).flip();
            takePlain(dst);
        }
        return false;
    }

    /** What is left of {@code in}; {@code produced} is what this call has brought. */
    void keep(ByteBuffer in, int produced, Rest rest) {
        boolean lost = rest == Rest.IS_LOST;
        boolean more = rest == Rest.IS_READABLE
                && end != End.CLOSE_NOTIFY
                && (engineHolds || TlsRecord.at(in) != TlsRecord.At.PARTIAL);
        boolean endUntold = produced > 0 && (end != End.NO || lost);
        buffered = more || endUntold || plain != null;
        if (in.hasRemaining() && !lost && end != End.CLOSE_NOTIFY) {
            held = ByteBuffer.allocate(in.remaining()).put(in).flip();
        }
    }

    void discard() {
        held = null;
        plain = null;
    }
}
