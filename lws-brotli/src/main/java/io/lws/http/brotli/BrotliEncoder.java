package io.lws.http.brotli;

import com.aayushatharva.brotli4j.encoder.BrotliEncoderChannel;
import com.aayushatharva.brotli4j.encoder.Encoder;
import io.lws.http.coding.ContentEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Compresses one message, with a window of 512 KiB: more memory would be held for each answer under way. */
final class BrotliEncoder implements ContentEncoder {
    private static final int WINDOW_BITS = 19;
    private static final int BUFFER_BYTES = 16 << 10;

    private final Gathering gathered = new Gathering();
    private final BrotliEncoderChannel channel;

    /** What has been compressed and not been fetched. */
    private static final class Gathering implements WritableByteChannel {
        private ByteBuffer bytes = ByteBuffer.allocate(0);

        @Override
        public int write(ByteBuffer src) {
            int n = src.remaining();
            if (bytes.remaining() < n) {
                int used = bytes.position();
                bytes = ByteBuffer.allocate(Math.max(2 * used, used + n)).put(bytes.flip());
            }
            bytes.put(src);
            return n;
        }

        ByteBuffer take() {
            ByteBuffer taken = bytes.flip();
            bytes = ByteBuffer.allocate(0);
            return taken;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    BrotliEncoder(int level) {
        try {
            channel = new BrotliEncoderChannel(gathered, Encoder.Parameters.create(level, WINDOW_BITS), BUFFER_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ByteBuffer encode(ByteBuffer in) {
        try {
            while (in.hasRemaining()) {
                channel.write(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return gathered.take();
    }

    @Override
    public ByteBuffer finish() {
        close();
        return gathered.take();
    }

    /** Idempotent. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
