package io.lws.http.coding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Compresses content as it comes: gzip (RFC 1952) or deflate (RFC 1950). */
final class DeflateEncoder implements ContentEncoder {
    private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int TRAILER_BYTES = 8;
    private static final int STEP_BYTES = 8192;

    private final Deflater deflater;
    private final boolean gzip;
    private final CRC32 crc = new CRC32();
    private long plainBytes;
    private boolean begun;
    private boolean closed;

    /** {@code coding} is GZIP or DEFLATE. */
    DeflateEncoder(ContentCoding coding, int level) {
        gzip = coding == ContentCoding.GZIP;
        deflater = new Deflater(level, gzip);
    }

    @Override
    public ByteBuffer encode(ByteBuffer in) {
        plainBytes += in.remaining();
        if (gzip) {
            crc.update(in.duplicate());
        }
        deflater.setInput(in);
        ByteBuffer out = drained(in.remaining() / 2);
        in.position(in.limit());
        return out;
    }

    @Override
    public ByteBuffer finish() {
        deflater.finish();
        return drained(0);
    }

    private ByteBuffer drained(int guessBytes) {
        ByteBuffer out = ByteBuffer.allocate(guessBytes + STEP_BYTES);
        if (!begun) {
            begun = true;
            if (gzip) {
                out.put(GZIP_HEADER);
            }
        }
        while (!deflater.finished()) {
            if (out.remaining() < STEP_BYTES / 2) {
                out = ByteBuffer.allocate(out.capacity() * 2).put(out.flip());
            }
            if (deflater.deflate(out) == 0) {
                break; // it wants more
            }
        }
        if (deflater.finished() && gzip) {
            out = out.remaining() < TRAILER_BYTES
                    ? ByteBuffer.allocate(out.capacity() + TRAILER_BYTES).put(out.flip())
                    : out;
            out.order(ByteOrder.LITTLE_ENDIAN).putInt((int) crc.getValue()).putInt((int) plainBytes);
        }
        return out.flip();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            deflater.end();
        }
    }
}
