package io.lws.http.hpack;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fields a connection has seen lately (RFC 7541 2.3.2): newest first, the oldest make room. No memory until the
 * first.
 */
final class DynamicTable {
    private static final int FIRST_SLOTS = 16;
    private static final @Nullable HeaderField[] NONE = {};

    /** A ring: the newest stands at {@code head}, those before it at higher places. A power of two of slots. */
    private @Nullable HeaderField[] ring = NONE;

    private int[] hashes = {};
    private int head;
    private int count;
    private int sizeBytes;
    private int maxBytes;

    DynamicTable(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    int count() {
        return count;
    }

    int sizeBytes() {
        return sizeBytes;
    }

    int maxBytes() {
        return maxBytes;
    }

    void limitTo(int bytes) {
        maxBytes = bytes;
        makeRoom(0);
    }

    /** {@code index} 0 is the newest. */
    HeaderField get(int index) {
        HeaderField field = index < count ? ring[head + index & ring.length - 1] : null;
        if (field == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return field;
    }

    /** A field longer than the table may be empties it and is not kept (RFC 7541 4.4). */
    void add(HeaderField field) {
        makeRoom(field.sizeBytes());
        if (field.sizeBytes() > maxBytes) {
            return;
        }
        if (count == ring.length) {
            grow();
        }
        head = head - 1 & ring.length - 1;
        ring[head] = field;
        hashes[head] = hash(field.name(), field.value());
        count++;
        sizeBytes += field.sizeBytes();
    }

    /** The place of that field from the newest, or -1. */
    int indexOf(String name, String value) {
        int hash = hash(name, value);
        for (int index = 0; index < count; index++) {
            int at = head + index & ring.length - 1;
            HeaderField field = ring[at];
            if (hashes[at] == hash
                    && field != null
                    && field.name().equals(name)
                    && field.value().equals(value)) {
                return index;
            }
        }
        return -1;
    }

    private static int hash(String name, String value) {
        return name.hashCode() * 31 + value.hashCode();
    }

    private void makeRoom(int bytes) {
        while (count > 0 && sizeBytes + bytes > maxBytes) {
            int last = head + count - 1 & ring.length - 1;
            HeaderField evicted = ring[last];
            ring[last] = null;
            count--;
            sizeBytes -= evicted == null ? 0 : evicted.sizeBytes();
        }
    }

    private void grow() {
        int slots = ring.length == 0 ? FIRST_SLOTS : ring.length * 2;
        @Nullable HeaderField[] unrolled = Arrays.copyOf(NONE, slots);
        int[] unrolledHashes = new int[slots];
        for (int index = 0; index < count; index++) {
            unrolled[index] = ring[head + index & ring.length - 1];
            unrolledHashes[index] = hashes[head + index & ring.length - 1];
        }
        ring = unrolled;
        hashes = unrolledHashes;
        head = 0;
    }
}
