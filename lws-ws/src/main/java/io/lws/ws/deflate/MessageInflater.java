package io.lws.ws.deflate;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates the messages of one connection as they arrive (RFC 7692 7.2.2):
 *
 * <pre>
 *  inflater.feed(in, end);
 *  while (inflater.isBusy()) { inflater.inflate(out); ... take what is in out ... }
 * </pre>
 *
 * The caller decides how much room a step gets, so that a few bytes that stand for many never become many at once. zlib's
 * memory is borrowed for the length of a message; between messages only the window of those that refer to earlier ones
 * stays.
 */
public final class MessageInflater {
    /** What a sender leaves out at the end of a message, and behind it a last, empty block that shows that it was that. */
    private static final byte[] TAIL = {0, 0, -1, -1, 1, 0, 0, -1, -1};

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** zlib widens the smallest window to this one, also where it compresses. */
    private static final int MIN_WINDOW_BYTES = 512;

    private enum State {
        /** All that was given has been inflated. */
        IDLE,
        /** Inside a piece. */
        PIECE,
        /** Inside the last piece of a message. */
        LAST_PIECE,
        /** The message's bytes are used up, its tail is being read. */
        TAIL
    }

    private final InflaterPool pool;
    private final ContextTakeover takeover;
    private final Window window;
    private State state = State.IDLE;
    private @Nullable Inflater zlib;
    private ByteBuffer input = NOTHING;

    public MessageInflater(DeflateTerms terms, InflaterPool pool) {
        this.pool = pool;
        this.takeover = terms.takeover();
        this.window = new Window(Math.max(MIN_WINDOW_BYTES, terms.windowBytes()));
    }

    /** Gives it {@code in}, which is read to its end by the calls of {@link #inflate} that follow. */
    public void feed(ByteBuffer in, End end) {
        if (state != State.IDLE) {
            throw new IllegalStateException("the piece before is not inflated yet");
        }
        input = in;
        state = end == End.OF_MESSAGE ? State.LAST_PIECE : State.PIECE;
        Inflater inflater = zlib;
        if (inflater == null) {
            inflater = pool.take();
            window.prime(inflater);
            zlib = inflater;
        }
        inflater.setInput(input);
    }

    /** True while {@link #inflate} has something to do. */
    public boolean isBusy() {
        return state != State.IDLE;
    }

    /** What is not used up of the input is in {@code rest} from now on. */
    public void goOnWith(ByteBuffer rest) {
        Inflater inflater = zlib;
        if (inflater != null && rest != input && (state == State.PIECE || state == State.LAST_PIECE)) {
            input = rest;
            inflater.setInput(rest);
        }
    }

    /**
     * Inflates behind {@code out}'s position until that is full, the input used up, or zlib has to begin anew. Gives how
     * many bytes it has moved, which may be many more than have come out, and is never 0.
     */
    public int inflate(ByteBuffer out) throws DataFormatException {
        Inflater inflater = zlib;
        if (inflater == null || state == State.IDLE) {
            throw new IllegalStateException("nothing to inflate");
        }
        int from = out.position();
        inflater.inflate(out);
        int inflated = out.position() - from;
        window.add(out, from, inflated);
        if (!out.hasRemaining()) {
            return inflated;
        }
        if (inflater.finished()) {
            return inflated + afterFinalBlock(inflater);
        }
        if (state == State.TAIL) {
            throw new DataFormatException("message ends inside a block");
        }
        inputUsedUp(inflater);
        return inflated + 1;
    }

    private void inputUsedUp(Inflater inflater) {
        if (state == State.LAST_PIECE) {
            state = State.TAIL;
            inflater.setInput(TAIL);
        } else {
            release();
        }
    }

    /** A sender may end its stream (RFC 7692 7.2.3.5); what follows is a new one that still refers to the old. */
    private int afterFinalBlock(Inflater inflater) throws DataFormatException {
        if (state == State.TAIL) {
            if (inflater.getRemaining() != 0) {
                throw new DataFormatException("message ends with a block that is not its own");
            }
            endMessage();
            return 1;
        }
        if (!input.hasRemaining() && state == State.LAST_PIECE) {
            endMessage();
            return 1;
        }
        inflater.reset();
        window.prime(inflater);
        inflater.setInput(input);
        if (!input.hasRemaining()) {
            release();
        }
        return window.lengthBytes() + 1;
    }

    private void release() {
        state = State.IDLE;
        input = NOTHING;
        if (zlib != null) {
            zlib.setInput(NOTHING);
        }
    }

    private void endMessage() {
        end();
        window.trim();
        if (takeover == ContextTakeover.NONE) {
            window.clear();
        }
    }

    /** Gives zlib's memory back, also in the middle of a message that nobody will read on. */
    public void end() {
        state = State.IDLE;
        input = NOTHING;
        if (zlib != null) {
            pool.give(zlib);
            zlib = null;
        }
    }

    /** Memory held between messages. */
    public int windowBytes() {
        return window.lengthBytes();
    }
}
