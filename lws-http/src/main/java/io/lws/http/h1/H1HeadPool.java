package io.lws.http.h1;

import java.util.ArrayDeque;

/**
 * The heads of one loop. A connection holds one only from the end of a head to the end of its answer, so a loop needs
 * few
 * of them however many connections it has. Not thread-safe.
 */
final class H1HeadPool {
    private static final int MAX_KEPT = 64;
    private static final int MAX_KEPT_BYTES = 4096;

    private final TargetCache targets = new TargetCache();
    private final ArrayDeque<H1RequestHead> free = new ArrayDeque<>(MAX_KEPT);

    H1RequestHead acquire() {
        H1RequestHead head = free.pollLast();
        return head != null ? head : new H1RequestHead(targets);
    }

    /** Takes a head back; it must not be used any more. */
    void release(H1RequestHead head) {
        head.clear();
        if (free.size() < MAX_KEPT && head.capacityBytes() <= MAX_KEPT_BYTES) {
            free.addLast(head);
        }
    }

    int freeHeads() {
        return free.size();
    }
}
