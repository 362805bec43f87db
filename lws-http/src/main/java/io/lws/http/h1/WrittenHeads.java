package io.lws.http.h1;

import io.lws.http.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The heads a loop has written lately, whole: an answer that is given again within a second is one copy. Headers are
 * told apart by identity, so those made anew for each answer are never found, and never kept: a head is kept only when
 * it is written a second time. One entry per slot, a later head takes it over.
 */
final class WrittenHeads {
    private static final int SLOTS = 64;
    private static final int MAX_HEAD_BYTES = 1024;

    /** What a head is made of, and once it has been seen twice, its bytes. */
    private static final class Entry {
        private int status;
        private @Nullable ConnectionField connection;
        private byte[] everyHead = H1Encoder.NO_LINES;
        private @Nullable Headers always;
        private @Nullable Headers headers;
        private long length;
        private byte[] head = H1Encoder.NO_LINES;
        private long writtenSecond;
    }

    private final @Nullable Entry[] entries = new @Nullable Entry[SLOTS];
    private @Nullable Entry missed;

    /** Copies the head into {@code out} when it was written in this second; {@link #wrote} follows when it was not. */
    boolean copy(
            ByteBuffer out,
            long second,
            int status,
            ConnectionField connection,
            byte[] everyHead,
            Headers always,
            Headers headers,
            long length) {
        int slot = (int) (status ^ length ^ headers.size()) & SLOTS - 1;
        Entry entry = entries[slot];
        if (entry == null) {
            entry = new Entry();
            entries[slot] = entry;
        }
        boolean known = entry.headers == headers
                && entry.length == length
                && entry.always == always
                && entry.everyHead == everyHead
                && entry.connection == connection
                && entry.status == status;
        if (known && entry.head.length > 0 && entry.writtenSecond == second) {
            out.put(entry.head);
            return true;
        }
        missed = known ? entry : null;
        if (!known) {
            entry.status = status;
            entry.connection = connection;
            entry.everyHead = everyHead;
            entry.always = always;
            entry.headers = headers;
            entry.length = length;
            entry.head = H1Encoder.NO_LINES;
        }
        return false;
    }

    /** Keeps what was written from {@code from} on if {@link #copy} has met it before. */
    void wrote(ByteBuffer out, int from, long second) {
        Entry entry = missed;
        missed = null;
        int lengthBytes = out.position() - from;
        if (entry == null || lengthBytes > MAX_HEAD_BYTES) {
            return;
        }
        if (entry.head.length != lengthBytes) {
            entry.head = new byte[lengthBytes];
        }
        out.get(from, entry.head);
        entry.writtenSecond = second;
    }
}
