package io.lws.epoll;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Where the output of a turn lies until the next system call takes it. All of it is free again after that call, since
 * what is sent from here never waits: see {@link UringTransport}.
 */
final class SendArena {
    private static final int BYTES = 256 << 10;

    private final MemorySegment memory;
    private final ByteBuffer view;
    private int used;

    SendArena(Ring ring) throws IOException {
        memory = ring.memory(BYTES);
        view = memory.asByteBuffer();
    }

    long address(int at) {
        return memory.address() + at;
    }

    boolean hasRoom(int lengthBytes) {
        return BYTES - used >= lengthBytes;
    }

    /** Whether what lies before {@code end} could be made longer. */
    boolean endsAt(int end) {
        return used == end;
    }

    /** Appends what remains of {@code src}, for which there is room; where. */
    int put(ByteBuffer src) {
        int at = used;
        int length = src.remaining();
        view.put(at, src, src.position(), length);
        src.position(src.limit());
        used += length;
        return at;
    }

    /** Appends once more what lies at {@code from}, for which there is room; where. */
    int move(int from, int lengthBytes) {
        int at = used;
        view.put(at, view, from, lengthBytes);
        used += lengthBytes;
        return at;
    }

    /** A copy on the heap. */
    ByteBuffer copy(int from, int lengthBytes) {
        byte[] bytes = new byte[lengthBytes];
        view.get(from, bytes);
        return ByteBuffer.wrap(bytes);
    }

    void clear() {
        used = 0;
    }
}
