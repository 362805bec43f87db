package io.lws.http.client;

import io.lws.http.HttpTx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends the pieces of a body, as far as the origin takes them at a time. */
final class BodySender {
    private static final int STEP_BYTES = 64 << 10;

    private final List<RequestBody.Piece> pieces;
    private int piece;
    private long sentBytes;
    private @Nullable FileChannel file;

    BodySender(List<RequestBody.Piece> pieces) {
        this.pieces = pieces;
    }

    /** Sends on; the last byte is followed by {@code tx.finish()}. {@link IOException} when a file is not what it was. */
    void send(HttpTx tx) throws IOException {
        while (piece < pieces.size()) {
            RequestBody.Piece current = pieces.get(piece);
            while (sentBytes < current.lengthBytes()) {
                if (!tx.isReady() || !step(tx, current)) {
                    return;
                }
            }
            close();
            piece++;
            sentBytes = 0;
        }
        tx.finish();
    }

    /** False when the origin takes no more for now. */
    private boolean step(HttpTx tx, RequestBody.Piece current) throws IOException {
        long leftBytes = current.lengthBytes() - sentBytes;
        if (current.file() == null) {
            int n = (int) Math.min(STEP_BYTES, leftBytes);
            tx.write(ByteBuffer.wrap(current.bytes(), (int) sentBytes, n));
            sentBytes += n;
            return true;
        }
        FileChannel from = file;
        if (from == null) {
            from = FileChannel.open(current.file(), StandardOpenOption.READ);
            file = from;
        }
        long n = tx.transferFrom(from, sentBytes, leftBytes);
        if (n == 0 && tx.isReady()) {
            throw new IOException(current.file() + " has become shorter");
        }
        sentBytes += n;
        return n > 0;
    }

    void close() {
        FileChannel open = file;
        file = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // it was only read
                return;
            }
        }
    }
}
