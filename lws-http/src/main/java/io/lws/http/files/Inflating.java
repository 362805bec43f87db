package io.lws.http.files;

import io.lws.http.HttpTx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** A large entry of an archive, or a part of it, on its way out. */
final class Inflating implements Outgoing {
    private static final int STEP_BYTES = 32 << 10;

    /** What is passed over in one step: others on the loop have their turn in between. */
    private static final int PASSED_BYTES = 1 << 20;

    private final OpenArchive archive;
    private final InputStream content;
    private final byte[] piece = new byte[STEP_BYTES];
    private long toPassBytes;
    private long leftBytes;

    /** Passes over {@code fromBytes}. {@code archive} is released by {@link #close}. */
    Inflating(OpenArchive archive, InputStream content, long fromBytes, long lengthBytes) {
        this.archive = archive;
        this.content = content;
        toPassBytes = fromBytes;
        leftBytes = lengthBytes;
    }

    @Override
    public Progress step(HttpTx tx) throws IOException {
        if (toPassBytes > 0) {
            return passOver() ? Progress.LATER : Progress.CUT_SHORT;
        }
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

    private boolean passOver() throws IOException {
        long endBytes = Math.max(0, toPassBytes - PASSED_BYTES);
        while (toPassBytes > endBytes) {
            int read = content.read(piece, 0, (int) Math.min(piece.length, toPassBytes));
            if (read <= 0) {
                return false;
            }
            toPassBytes -= read;
        }
        return true;
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
