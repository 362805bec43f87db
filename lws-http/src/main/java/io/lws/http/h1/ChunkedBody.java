package io.lws.http.h1;

import io.lws.http.Headers;
import io.lws.http.HttpLimits;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The chunked coding (RFC 9112 7.1), strictly: one to sixteen hex digits, well-formed extensions, CRLF and nothing else
 * around data, bounded trailers. Extensions are checked and dropped; so are trailers unless somebody wants them.
 */
final class ChunkedBody implements H1Body {
    /** What the next octet is part of. */
    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILERS,
        DONE
    }

    private static final int MAX_SIZE_DIGITS = 16;

    private final HttpLimits limits;
    private final Trailers.Use trailerUse;
    private State state = State.SIZE;
    private int sizeDigits;
    private long chunkBytes;
    private long allowedBytes;
    private @Nullable ChunkExtensions extensions;
    private @Nullable Trailers trailers;

    ChunkedBody(HttpLimits limits) {
        this(limits, Trailers.Use.DROPPED);
    }

    ChunkedBody(HttpLimits limits, Trailers.Use trailerUse) {
        this.limits = limits;
        this.trailerUse = trailerUse;
    }

    /**
     * Begins a body of at most {@code maxBytes}, negative for no limit; a chunk that would exceed it is 413 at its
     * size.
     */
    ChunkedBody begin(long maxBytes) {
        state = State.SIZE;
        sizeDigits = 0;
        chunkBytes = 0;
        allowedBytes = maxBytes < 0 ? Long.MAX_VALUE : maxBytes;
        extensions = null;
        trailers = null;
        return this;
    }

    @Override
    public int next(ByteBuffer in) {
        while (state != State.DATA && state != State.DONE && in.hasRemaining()) {
            step(in.get());
        }
        return state == State.DATA ? takeData(in.remaining()) : 0;
    }

    @Override
    public boolean isDone() {
        return state == State.DONE;
    }

    /** The fields behind a body that is done; none where they are not kept. */
    Headers trailers() {
        return trailers == null ? Headers.EMPTY : trailers.fields();
    }

    private int takeData(int available) {
        int bytes = (int) Math.min(chunkBytes, available);
        chunkBytes -= bytes;
        if (chunkBytes == 0) {
            state = State.DATA_CR;
        }
        return bytes;
    }

    private void step(byte octet) {
        switch (state) {
            case SIZE -> size(octet);
            case EXTENSION -> extension(octet);
            case SIZE_LF -> endSizeLine(octet);
            case DATA_CR -> expect(octet, Ascii.CR, State.DATA_LF);
            case DATA_LF -> expect(octet, Ascii.LF, State.SIZE);
            case TRAILERS -> trailer(octet);
            default -> throw new IllegalStateException(state.name());
        }
    }

    private void size(byte octet) {
        int digit = Ascii.hexValue(octet);
        if (digit < 0) {
            endSize(octet);
            return;
        }
        if (++sizeDigits > MAX_SIZE_DIGITS || chunkBytes > Long.MAX_VALUE >>> 4) {
            throw badChunk();
        }
        chunkBytes = chunkBytes << 4 | digit;
    }

    private void endSize(byte octet) {
        if (sizeDigits == 0) {
            throw badChunk();
        }
        if (octet == Ascii.CR) {
            state = State.SIZE_LF;
        } else {
            state = State.EXTENSION;
            extension(octet);
        }
    }

    private void extension(byte octet) {
        if (extensions == null) {
            extensions = new ChunkExtensions();
        }
        if (extensions.endsWith(octet)) {
            state = State.SIZE_LF;
        }
    }

    private void endSizeLine(byte octet) {
        expect(octet, Ascii.LF, chunkBytes == 0 ? State.TRAILERS : State.DATA);
        sizeDigits = 0;
        if (chunkBytes > allowedBytes) {
            throw Violation.contentTooLarge();
        }
        allowedBytes -= chunkBytes;
    }

    private void trailer(byte octet) {
        if (trailers == null) {
            trailers = new Trailers(limits, trailerUse);
        }
        if (trailers.endsWith(octet)) {
            state = State.DONE;
        }
    }

    private void expect(byte octet, byte expected, State next) {
        if (octet != expected) {
            throw badChunk();
        }
        state = next;
    }

    private static RuntimeException badChunk() {
        return Violation.badRequest("malformed chunk");
    }
}
