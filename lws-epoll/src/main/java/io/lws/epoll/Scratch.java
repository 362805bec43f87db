package io.lws.epoll;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of buffers lie, for system calls. A loop reads into one buffer and writes from another for all its life,
 * so their addresses are remembered. Bytes on the heap pass through memory of this object.
 */
final class Scratch {
    private static final int BYTES = 64 << 10;

    private final MemorySegment memory = Arena.ofAuto().allocate(BYTES, 64);
    private final ByteBuffer view = memory.asByteBuffer();
    private @Nullable ByteBuffer first;
    private @Nullable ByteBuffer second;
    private long firstAddress;
    private long secondAddress;

    long address() {
        return memory.address();
    }

    /** Where the byte at position 0 of a direct buffer lies. */
    long baseOf(ByteBuffer direct) {
        if (direct == first) {
            return firstAddress;
        }
        if (direct == second) {
            return secondAddress;
        }
        second = first;
        secondAddress = firstAddress;
        first = direct;
        firstAddress = MemorySegment.ofBuffer(direct).address() - direct.position();
        return firstAddress;
    }

    /** Copies what fits of a buffer without moving its position; how much that was. */
    int fill(ByteBuffer heap) {
        int n = Math.min(heap.remaining(), BYTES);
        view.clear().put(0, heap, heap.position(), n);
        return n;
    }

    /** Memory to read into for {@code heap}: how much. */
    int room(ByteBuffer heap) {
        return Math.min(heap.remaining(), BYTES);
    }

    /** Moves {@code n} bytes that were read into {@code heap}. */
    void drain(ByteBuffer heap, int n) {
        heap.put(view.limit(n).position(0));
        view.clear();
    }
}
