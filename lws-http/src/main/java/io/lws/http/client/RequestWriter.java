package io.lws.http.client;

import io.lws.http.HttpTx;
import io.lws.http.wire.WireExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The content of one request on the wire: of the pieces it consists of, or as a protocol writes it. */
final class RequestWriter implements HttpTx {
    private static final int COPIED_BYTES = 64 << 10;

    private final WireExchange wire;
    private final @Nullable BodySender pieces;
    private boolean begun;
    private boolean finished;

    RequestWriter(WireExchange wire, @Nullable RequestBody body) {
        this.wire = wire;
        List<RequestBody.Piece> whole = body == null ? null : body.pieces();
        pieces = whole == null ? null : new BodySender(whole);
    }

    /** Whether a protocol writes it. */
    boolean isStreamed() {
        return pieces == null;
    }

    boolean isBegun() {
        return begun;
    }

    boolean isFinished() {
        return finished;
    }

    /** Sends on with the pieces, and asks to be called again for the rest. */
    void send() throws IOException {
        BodySender sender = pieces;
        if (sender != null && !finished) {
            sender.send(this);
            if (!finished) {
                wire.requestWriteable();
            }
        }
    }

    void close() {
        BodySender sender = pieces;
        if (sender != null) {
            sender.close();
        }
    }

    @Override
    public void write(ByteBuffer bytes) {
        begun = true;
        wire.write(bytes);
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        begun = true;
        long sent = wire.transferFrom(file, position, count);
        if (sent >= 0) {
            return sent;
        }
        ByteBuffer copy = ByteBuffer.allocate((int) Math.min(count, COPIED_BYTES));
        int n = Math.max(0, file.read(copy, position));
        wire.write(copy.flip());
        return n;
    }

    @Override
    public void finish() {
        finished = true;
        wire.finish();
    }

    @Override
    public boolean isReady() {
        return wire.isReady();
    }
}
