package io.lws.ws.deflate;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Deflates the messages of one connection (RFC 7692 7.2.1), a piece at a time:
 *
 * <pre>
 *  deflater.begin(payload, end, nowNs);
 *  do { all = deflater.deflate(out); ... send what is in out ... } while (!all);
 * </pre>
 *
 * Each piece is flushed, so that nothing of it waits for the next. The platform's zlib knows one window, of 32 KiB; a
 * smaller one is kept to by flushing fully (RFC 1951 streams then refer to nothing before) each time it has been filled.
 */
public final class MessageDeflater {
    /** What a flush ends with and the end of a message leaves out: {@code 00 00 ff ff}. */
    private static final int TAIL_BYTES = 4;

    /** Room each call of {@link #deflate} needs: a little above what zlib may hold back of a flush. */
    public static final int MIN_ROOM_BYTES = 64;

    private static final int UNBOUNDED = 1 << DeflateTerms.MAX_WINDOW_BITS;

    private final DeflaterPool pool;
    private final ContextTakeover takeover;
    private final int windowBits;
    private final int windowBytes;
    private final byte[] held = new byte[TAIL_BYTES];
    private int heldBytes;
    private @Nullable ByteBuffer payload;
    private End end = End.OF_MESSAGE;
    private int flush = Deflater.NO_FLUSH;
    private int sinceFullFlushBytes;
    private @Nullable Deflater working;

    /** What the pool has lent, and where this one stands among its owners. */
    @Nullable
    Deflater zlib;

    @Nullable
    MessageDeflater newer;

    @Nullable
    MessageDeflater older;

    long lastUsedNs;

    public MessageDeflater(DeflateTerms terms, DeflaterPool pool) {
        this.pool = pool;
        this.takeover = terms.takeover();
        this.windowBits = terms.windowBits();
        this.windowBytes = terms.windowBytes();
    }

    /** Whatever is to be sent beside these messages must keep to this window, as they do. */
    public int windowBits() {
        return windowBits;
    }

    /** Takes a piece; {@code payload} is read to its end by the calls of {@link #deflate} that follow. */
    public void begin(ByteBuffer payload, End end, long nowNs) {
        this.payload = payload;
        this.end = end;
        if (payload.hasRemaining()) {
            working = pool.take(this, nowNs);
            nextSegment(working, payload);
        }
    }

    /** Deflates behind {@code out}'s position until that is full; true when the piece is all out. */
    public boolean deflate(ByteBuffer out) {
        ByteBuffer in = payload;
        if (in == null || out.remaining() < MIN_ROOM_BYTES) {
            throw new IllegalStateException(in == null ? "nothing to deflate" : "no room to deflate into");
        }
        int from = out.position();
        out.put(held, 0, heldBytes);
        heldBytes = 0;
        Deflater deflater = working;
        while (deflater != null) {
            deflater.deflate(out, flush);
            if (!out.hasRemaining()) {
                holdTail(out);
                return false;
            }
            deflater = in.hasRemaining() ? nextSegment(deflater, in) : null;
        }
        finish(out, from);
        return true;
    }

    /** As much as the window allows before nothing may be referred to any more. */
    private Deflater nextSegment(Deflater deflater, ByteBuffer in) {
        int bytes = in.remaining();
        flush = Deflater.SYNC_FLUSH;
        if (windowBytes != UNBOUNDED) {
            int room = windowBytes - sinceFullFlushBytes;
            sinceFullFlushBytes += Math.min(bytes, room);
            if (bytes >= room) {
                bytes = room;
                flush = Deflater.FULL_FLUSH;
                sinceFullFlushBytes = 0;
            }
        }
        deflater.setInput(in.slice(in.position(), bytes));
        in.position(in.position() + bytes);
        return deflater;
    }

    /** The last bytes may be the tail, which the end of the message leaves out: they go with what follows. */
    private void holdTail(ByteBuffer out) {
        int at = out.position() - TAIL_BYTES;
        out.get(at, held);
        heldBytes = TAIL_BYTES;
        out.position(at);
    }

    private void finish(ByteBuffer out, int from) {
        boolean empty = working == null;
        working = null;
        payload = null;
        if (end == End.OF_PIECE) {
            return;
        }
        if (empty) {
            out.put((byte) 0); // with the tail left out, an empty block (RFC 7692 7.2.3.6)
        } else {
            out.position(out.position() - TAIL_BYTES);
        }
        if (out.position() < from) {
            throw new IllegalStateException("zlib flushed less than a tail");
        }
        if (takeover == ContextTakeover.NONE) {
            pool.give(this);
        }
    }

    /** The pool has it back: whatever comes next refers to nothing. */
    void forget() {
        zlib = null;
        sinceFullFlushBytes = 0;
    }

    /** Gives zlib's memory back. It can go on afterwards: a receiver does not notice. */
    public void end() {
        working = null;
        payload = null;
        heldBytes = 0;
        pool.give(this);
    }
}
