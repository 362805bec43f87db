package io.lws.http.brotli;

import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import io.lws.http.coding.ContentDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;

/** Undoes brotli. What it holds is what the window of the message asks for, at most 16 MiB. */
final class BrotliDecoder implements ContentDecoder {
    private static final int INPUT_BYTES = 8 << 10;

    /** Who may still use the native decoder. */
    private enum State {
        OPEN,
        DONE,
        CLOSED
    }

    private final DecoderJNI.Wrapper engine;
    private State state = State.OPEN;
    /** It has been asked to go on with what it has, and had nothing. */
    private boolean dry;

    BrotliDecoder() {
        try {
            engine = new DecoderJNI.Wrapper(INPUT_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void decode(ByteBuffer in, ByteBuffer out) throws DataFormatException {
        while (out.hasRemaining() && state == State.OPEN) {
            if (engine.hasOutput()) {
                out.put(engine.pull(out.remaining()));
                dry = false;
            } else if (!step(in)) {
                return;
            }
        }
        if (state == State.DONE && in.hasRemaining()) {
            throw new DataFormatException("octets behind the end");
        }
    }

    /** False when more must arrive. */
    private boolean step(ByteBuffer in) throws DataFormatException {
        switch (engine.getStatus()) {
            case DONE -> state = State.DONE;
            case OK -> engine.push(0);
            case NEEDS_MORE_INPUT -> {
                if (!in.hasRemaining() && dry) {
                    return false;
                }
                dry = !in.hasRemaining(); // it says so as well when its window is full and it has all it needs
                ByteBuffer input = engine.getInputBuffer();
                input.clear();
                int n = Math.min(input.remaining(), in.remaining());
                input.put(in.slice(in.position(), n));
                in.position(in.position() + n);
                engine.push(n);
            }
            default -> throw new DataFormatException("not brotli");
        }
        return true;
    }

    @Override
    public boolean isDone() {
        return state == State.DONE;
    }

    @Override
    public void close() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            engine.destroy();
        }
    }
}
