package io.lws.mqtt;

import java.util.BitSet;

/** The packet identifiers of one side: 1 to 65535, each in use at most once. */
final class PacketIds {
    private static final int LAST = 65535;

    private final BitSet used = new BitSet();
    private int next = 1;

    /** A free one, not used for as long as possible; -1 when there is none. */
    int take() {
        int free = used.nextClearBit(next);
        if (free > LAST) {
            free = used.nextClearBit(1);
        }
        if (free > LAST) {
            return -1;
        }
        used.set(free);
        next = free == LAST ? 1 : free + 1;
        return free;
    }

    void take(int id) {
        used.set(id);
    }

    void release(int id) {
        used.clear(id);
    }
}
