package io.lws.ws;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a message as it arrived: a frame, a part of a long frame, or — for a protocol that takes whole messages —
 * all of one.
 *
 * <p>What {@code onReceive} is given is <em>lent</em> and good until the callback returns. {@link #copy} gives an
 * <em>owned</em> fragment with memory from the loop's pool; it may be kept, and is <em>spent</em> by the one
 * {@code tx.write(fragment)} that sends it, which takes the memory back. Dropping it instead is harmless. Reading a
 * fragment that is no longer lent, or is spent, throws {@code IllegalStateException} as long as its memory has not been
 * given out again; so let go of it. To send one thing to many, use {@link #toMessage}.
 *
 * <p>Belongs to the thread of its loop. A fragment that is written from another loop simply changes pools.
 */
public final class WsFragment {
    private enum State {
        /** Shows bytes of somebody else until {@link #revoke}. */
        LENT,
        /** The callback it was lent for has returned. */
        REVOKED,
        /** Shows memory of its own. */
        OWNED,
        /** Written, or waiting in a pool: the memory is somebody else's by now. */
        SPENT
    }

    /** Where the copies of a lent fragment come from; an owned one needs none. */
    private final @Nullable WsFragmentPool pool;

    private State state;
    private ByteBuffer bytes;
    private int from;
    private int to;
    private int limitToRestore;
    private int piece;

    /** The next free one, while this one waits in a pool. */
    @Nullable
    WsFragment nextFree;

    private WsFragment(@Nullable WsFragmentPool pool, State state, ByteBuffer bytes) {
        this.pool = pool;
        this.state = state;
        this.bytes = bytes;
    }

    /** One that is lent again and again; its loop needs one. */
    static WsFragment lender(WsFragmentPool pool) {
        return new WsFragment(pool, State.REVOKED, ByteBuffer.allocate(0));
    }

    /** A spent one with new memory; {@link #own} brings it to life. */
    static WsFragment spare(int capacityBytes) {
        return new WsFragment(null, State.SPENT, ByteBuffer.allocate(capacityBytes));
    }

    /** Shows {@code [from, to)} of {@code in} until {@link #revoke}; {@code piece} is {@link WsPiece}. */
    WsFragment lend(ByteBuffer in, int from, int to, int piece) {
        state = State.LENT;
        bytes = in;
        this.from = from;
        this.to = to;
        this.piece = piece;
        limitToRestore = in.limit();
        return this;
    }

    /** Ends the loan and puts {@code in} back behind the piece, whatever the borrower did to it. */
    void revoke() {
        state = State.REVOKED;
        bytes.limit(limitToRestore).position(to);
    }

    /** Copies {@code [from, to)} of {@code in} into this spare one, which must be able to hold it. */
    WsFragment own(ByteBuffer in, int from, int to, int piece) {
        ownNothing().append(in, from, to, piece);
        return this;
    }

    /** Brings this spare one to life, empty, to {@link #append} to. */
    WsFragment ownNothing() {
        state = State.OWNED;
        from = 0;
        to = 0;
        piece = 0;
        return this;
    }

    /** Adds the next piece of the same message to an owned one, which must have room for it. */
    void append(ByteBuffer in, int from, int to, int piece) {
        in.get(from, bytes.array(), this.to, to - from);
        this.to += to - from;
        this.piece |= piece;
    }

    /** Ends an owned fragment's life and gives its memory to the pool of the loop that wrote it. */
    void spend(WsFragmentPool into) {
        if (state != State.OWNED) {
            throw notReadable();
        }
        state = State.SPENT;
        into.give(this);
    }

    int capacityBytes() {
        return bytes.capacity();
    }

    /** The bits of {@link WsPiece}. */
    int piece() {
        check();
        return piece;
    }

    boolean isOwned() {
        return state == State.OWNED;
    }

    /** Kind of the message this is part of. */
    public WsOpcode opcode() {
        return isText() ? WsOpcode.TEXT : WsOpcode.BINARY;
    }

    public boolean isText() {
        check();
        return (piece & WsPiece.OPCODE) == WsWire.TEXT;
    }

    public boolean isBinary() {
        return !isText();
    }

    /** The message begins here. */
    public boolean isFirst() {
        check();
        return (piece & WsPiece.FIRST) != 0;
    }

    /** The message ends here. */
    public boolean isFinal() {
        check();
        return (piece & WsPiece.FINAL) != 0;
    }

    /** This is all of the message. */
    public boolean isWhole() {
        check();
        return (piece & WsPiece.WHOLE) == WsPiece.WHOLE;
    }

    /** Length of this piece. */
    public int lengthBytes() {
        check();
        return to - from;
    }

    /**
     * The payload between position and limit of a buffer that is the fragment's own view of its bytes, at its start
     * again with each call. Only read from it, and keep it no longer than the fragment.
     */
    public ByteBuffer payload() {
        check();
        return bytes.order(ByteOrder.BIG_ENDIAN).limit(to).position(from);
    }

    /** The payload as UTF-8, whole when {@link #isWhole}; a character cut by the edge of a piece shows as U+FFFD. */
    public String text() {
        check();
        if (bytes.hasArray()) {
            return new String(bytes.array(), bytes.arrayOffset() + from, to - from, StandardCharsets.UTF_8);
        }
        byte[] copy = new byte[to - from];
        bytes.get(from, copy);
        return new String(copy, StandardCharsets.UTF_8);
    }

    /** An owned fragment with the same content, to keep and to write once. */
    public WsFragment copy() {
        check();
        WsFragment copy = pool != null ? pool.take(to - from) : WsFragmentPool.unpooled(to - from);
        return copy.own(bytes, from, to, piece);
    }

    /** An immutable message to keep, share and send to any number; {@code IllegalStateException} unless {@link #isWhole}. */
    public WsMessage toMessage() {
        if (!isWhole()) {
            throw new IllegalStateException("a piece of a message is no message; take whole messages for that");
        }
        return WsMessage.of(opcode(), bytes, from, to - from);
    }

    /** Writes the payload behind {@code out}'s position. */
    void copyTo(ByteBuffer out) {
        check();
        int length = to - from;
        if (bytes.hasArray()) {
            out.put(bytes.array(), bytes.arrayOffset() + from, length);
            return;
        }
        int at = out.position();
        out.put(at, bytes, from, length).position(at + length);
    }

    private void check() {
        if (state != State.OWNED && state != State.LENT) {
            throw notReadable();
        }
    }

    private IllegalStateException notReadable() {
        return new IllegalStateException(
                switch (state) {
                    case LENT, REVOKED -> "fragment was only lent for the callback; keep rx.copy() instead";
                    case SPENT, OWNED -> "fragment was written already; send one thing twice as a WsMessage";
                });
    }
}
