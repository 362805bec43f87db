package io.lws.ws.deflate;

import java.util.ArrayDeque;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * The deflaters of one loop, a quarter of a MiB each: at most so many, however many connections compress. A connection
 * whose messages refer to earlier ones keeps its deflater until another needs it more or it has been idle for long; it
 * then begins anew, which any receiver understands, because a sender never has to refer back.
 */
public final class DeflaterPool {
    private static final int MAX_SPARE = 4;

    private final int level;
    private final int maxLent;
    private final ArrayDeque<Deflater> spare = new ArrayDeque<>(MAX_SPARE);
    private @Nullable MessageDeflater newest;
    private @Nullable MessageDeflater oldest;
    private int lent;

    /** {@code level} is zlib's, 1 to 9; {@code maxLent} how many may work or remember at once. */
    public DeflaterPool(int level, int maxLent) {
        this.level = level;
        this.maxLent = maxLent;
    }

    /** How many remember something for a connection. */
    public int lent() {
        return lent;
    }

    /** The deflater of {@code owner}, fresh unless it had one. */
    Deflater take(MessageDeflater owner, long nowNs) {
        Deflater deflater = owner.zlib;
        if (deflater == null) {
            if (lent == maxLent) {
                give(oldestOne());
            }
            Deflater pooled = spare.pollLast();
            deflater = pooled == null ? new Deflater(level, true) : pooled;
            owner.zlib = deflater;
            lent++;
        } else {
            unlink(owner);
        }
        linkAsNewest(owner);
        owner.lastUsedNs = nowNs;
        return deflater;
    }

    /** Takes back what {@code owner} has, if anything. */
    void give(MessageDeflater owner) {
        Deflater deflater = owner.zlib;
        if (deflater == null) {
            return;
        }
        owner.forget();
        unlink(owner);
        lent--;
        if (spare.size() == MAX_SPARE) {
            deflater.end();
        } else {
            deflater.reset();
            spare.addLast(deflater);
        }
    }

    /** Takes back what was last used before {@code limitNs} of the loop's clock. */
    public void takeBackUnusedSince(long limitNs) {
        while (oldest != null && oldest.lastUsedNs - limitNs < 0) {
            give(oldest);
        }
    }

    private MessageDeflater oldestOne() {
        if (oldest == null) {
            throw new IllegalStateException("a pool must lend at least one");
        }
        return oldest;
    }

    private void linkAsNewest(MessageDeflater owner) {
        owner.older = newest;
        if (newest != null) {
            newest.newer = owner;
        }
        newest = owner;
        if (oldest == null) {
            oldest = owner;
        }
    }

    private void unlink(MessageDeflater owner) {
        if (owner.newer == null) {
            newest = owner.older;
        } else {
            owner.newer.older = owner.older;
        }
        if (owner.older == null) {
            oldest = owner.newer;
        } else {
            owner.older.newer = owner.newer;
        }
        owner.newer = null;
        owner.older = null;
    }
}
