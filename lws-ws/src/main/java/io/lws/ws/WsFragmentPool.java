package io.lws.ws;

import org.jspecify.annotations.Nullable;

/**
 * Spent fragments with their memory, kept for the next copy: size classes of powers of two from 64 B to 64 KiB, last in
 * first out so that the memory is still in cache. One per loop, used by its thread only.
 *
 * <p>It holds what has been given back and never what is out, so whoever drops a fragment leaves it to the collector. At
 * most {@code maxHeldBytes} of payload memory stay; what is beyond goes to the collector too, as do longer fragments.
 */
final class WsFragmentPool {
    static final int SMALLEST_BYTES = 64;
    static final int LARGEST_BYTES = 64 << 10;

    private static final int SMALLEST_BITS = Integer.numberOfTrailingZeros(SMALLEST_BYTES);
    private static final int CLASSES = Integer.numberOfTrailingZeros(LARGEST_BYTES) - SMALLEST_BITS + 1;

    private final @Nullable WsFragment[] free = new @Nullable WsFragment[CLASSES];
    private final long maxHeldBytes;
    private long heldBytes;

    WsFragmentPool(long maxHeldBytes) {
        this.maxHeldBytes = maxHeldBytes;
    }

    /** A spare fragment that can own {@code lengthBytes}. */
    WsFragment take(int lengthBytes) {
        if (lengthBytes > LARGEST_BYTES) {
            return WsFragment.spare(lengthBytes);
        }
        int sizeClass = sizeClass(lengthBytes);
        WsFragment fragment = free[sizeClass];
        if (fragment == null) {
            return WsFragment.spare(SMALLEST_BYTES << sizeClass);
        }
        free[sizeClass] = fragment.nextFree;
        fragment.nextFree = null;
        heldBytes -= fragment.capacityBytes();
        return fragment;
    }

    /** As {@link #take} without a pool at hand; the first loop to write the fragment will have it. */
    static WsFragment unpooled(int lengthBytes) {
        return WsFragment.spare(lengthBytes > LARGEST_BYTES ? lengthBytes : SMALLEST_BYTES << sizeClass(lengthBytes));
    }

    /** Takes a spent fragment back, or lets it go when full. */
    void give(WsFragment fragment) {
        int capacityBytes = fragment.capacityBytes();
        if (capacityBytes > LARGEST_BYTES || heldBytes + capacityBytes > maxHeldBytes) {
            return;
        }
        int sizeClass = sizeClass(capacityBytes);
        fragment.nextFree = free[sizeClass];
        free[sizeClass] = fragment;
        heldBytes += capacityBytes;
    }

    long heldBytes() {
        return heldBytes;
    }

    private static int sizeClass(int lengthBytes) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(lengthBytes - 1);
        return lengthBytes <= SMALLEST_BYTES ? 0 : bits - SMALLEST_BITS;
    }
}
