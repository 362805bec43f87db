package io.lws.http.files;

import io.lws.http.HttpTx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** A large entry of an archive on its way out. */
final class Inflating implements Outgoing {
    private static final int STEP_BYTES = 32 << 10;

    private final OpenArchive archive;
    private final InputStream content;
    private final byte[] piece = new byte[STEP_BYTES];
    private long leftBytes;

    /** {@code archive} is released by {@link #close}. */
    Inflating(OpenArchive archive, InputStream content, long lengthBytes) {
        this.archive = archive;
        this.content = content;
        leftBytes = lengthBytes;
    }

    @Override
    public Progress step(HttpTx tx) throws IOException {
        while (tx.isReady() && leftBytes > 0) {
            int read = content.read(piece, 0, (int) Math.min(piece.length, leftBytes));
            if (read <= 0) {
                return Progress.CUT_SHORT;
            }
            leftBytes -= read;
            tx.write(ByteBuffer.wrap(piece, 0, read));
        }
        return leftBytes == 0 ? Progress.DONE : Progress.LATER;
    }

    @Override
    public void close() {
        try {
            content.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            archive.release();
        }
    }
}
