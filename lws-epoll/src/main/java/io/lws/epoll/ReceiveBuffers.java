package io.lws.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * Buffers that the kernel picks from when a socket has something: who waits for input holds none. A buffer is the
 * kernel's until a completion names it, and ours from then until {@link #giveBack}.
 */
final class ReceiveBuffers {
    /** The one group of a ring. */
    static final int GROUP = 0;

    static final int BYTES = 8192;
    private static final int COUNT = 256;
    private static final int ENTRY_BYTES = 16;
    private static final int ENTRY_LENGTH = 8;
    private static final int ENTRY_NUMBER = 12;
    /** It overlaps what the first entry does not use. */
    private static final int TAIL_AT = 14;

    private static final int REGISTER_PBUF_RING = 22;
    private static final int REGISTRATION_BYTES = 40;
    private static final int REGISTRATION_ENTRIES = 8;
    private static final VarHandle SHORT = JAVA_SHORT.varHandle();

    private final MemorySegment queue;
    private final MemorySegment memory;
    private final ByteBuffer[] views = new ByteBuffer[COUNT];
    private int tail;

    ReceiveBuffers(Ring ring) throws IOException {
        memory = ring.memory((long) COUNT * BYTES);
        queue = ring.memory((long) COUNT * ENTRY_BYTES);
        MemorySegment registration = Arena.ofAuto().allocate(REGISTRATION_BYTES, 8);
        registration.set(JAVA_LONG, 0, queue.address());
        registration.set(JAVA_INT, REGISTRATION_ENTRIES, COUNT);
        ring.register(REGISTER_PBUF_RING, registration);
        for (int i = 0; i < COUNT; i++) {
            views[i] = memory.asSlice((long) i * BYTES, BYTES).asByteBuffer();
            giveBack(i);
        }
    }

    /** The first {@code lengthBytes} of a buffer. */
    ByteBuffer view(int number, int lengthBytes) {
        return views[number].clear().limit(lengthBytes);
    }

    void giveBack(int number) {
        long at = (long) (tail & (COUNT - 1)) * ENTRY_BYTES;
        queue.set(JAVA_LONG, at, memory.address() + (long) number * BYTES);
        queue.set(JAVA_INT, at + ENTRY_LENGTH, BYTES);
        queue.set(JAVA_SHORT, at + ENTRY_NUMBER, (short) number);
        tail++;
        SHORT.setRelease(queue, (long) TAIL_AT, (short) tail);
    }
}
