package io.lws.http.files;

import io.lws.http.ByteRanges.Range;
import io.lws.http.HttpTx;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An open file, or parts of it, on its way out. */
final class Sending implements Outgoing {
    private final OpenFile file;
    private final @Nullable RangeParts parts;
    private int nextPart;
    private long at;
    private long endBytes;

    private Sending(OpenFile file, long at, long endBytes, @Nullable RangeParts parts) {
        this.file = file;
        this.at = at;
        this.endBytes = endBytes;
        this.parts = parts;
    }

    /** {@code file} is released by {@link #close}. */
    static Sending slice(OpenFile file, long at, long endBytes) {
        return new Sending(file, at, endBytes, null);
    }

    static Sending parts(OpenFile file, RangeParts parts) {
        return new Sending(file, 0, 0, parts);
    }

    @Override
    public Progress step(HttpTx tx) throws IOException {
        while (tx.isReady()) {
            if (at < endBytes) {
                long sent = tx.transferFrom(file.channel, at, endBytes - at);
                at += sent;
                if (sent == 0 && tx.isReady()) {
                    return Progress.CUT_SHORT;
                }
            } else if (!beginPart(tx)) {
                return Progress.DONE;
            }
        }
        return at == endBytes && parts == null ? Progress.DONE : Progress.LATER;
    }

    private boolean beginPart(HttpTx tx) {
        RangeParts all = parts;
        if (all == null || nextPart > all.count()) {
            return false;
        }
        tx.write(all.lead(nextPart));
        if (nextPart < all.count()) {
            Range range = all.range(nextPart);
            at = range.first();
            endBytes = range.last() + 1;
        }
        nextPart++;
        return true;
    }

    @Override
    public void close() {
        file.release();
    }
}
