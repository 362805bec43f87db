package io.lws.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * By which a thread that does not own a ring waits for it: the ring itself is not readable while its completions wait
 * for their owner. An eventfd that is made when it is first needed, since telling it costs something each time.
 */
final class RingSignal {
    private static final int REGISTER_EVENTFD = 4;
    private static final int NONE = -1;
    private static final int COUNTER_BYTES = 8;

    private final Calls calls = new Calls();
    private final MemorySegment counter = Arena.ofAuto().allocate(COUNTER_BYTES, COUNTER_BYTES);
    private volatile int fd = NONE;

    /**
     * The owner goes: from now on whatever happens to the ring wakes {@link #await}, also what has happened just now, or
     * has been {@code taken} out of the ring and not yet told.
     */
    void rest(Ring ring, boolean taken) throws IOException {
        if (fd == NONE) {
            open(ring);
        }
        calls.read(fd, counter.address(), COUNTER_BYTES);
        if (taken || ring.hasCompletion() || !ring.isCaughtUp()) {
            Calls.signal(fd);
        }
    }

    private void open(Ring ring) throws IOException {
        int opened = calls.eventfd();
        if (opened < 0) {
            throw Errno.failure("eventfd", -opened);
        }
        fd = opened;
        counter.set(JAVA_INT, 0, opened);
        ring.register(REGISTER_EVENTFD, counter);
    }

    /** Also returns when {@code other} is readable. Not on the owner's thread, who has come to rest. Negative = no limit. */
    void await(int other, long timeoutNs) {
        new Calls().awaitReadable(fd, other, timeoutNs);
    }

    void close() {
        int open = fd;
        if (open != NONE) {
            fd = NONE;
            calls.close(open);
        }
    }
}
