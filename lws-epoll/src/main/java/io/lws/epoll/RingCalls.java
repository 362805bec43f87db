package io.lws.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The three system calls of io_uring, for which the C library has no names, and the mapping of memory. Each answers what
 * the call gave, or {@code -errno}. For one thread at a time.
 */
final class RingCalls {
    private static final long SETUP = 425;
    private static final long ENTER = 426;
    private static final long REGISTER = 427;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED = 1;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    /** Faults the pages in at once: they are used all the time. */
    private static final int MAP_POPULATE = 0x8000;

    private static final int GETEVENTS = 1;
    private static final int EXT_ARG = 8;
    /** struct io_uring_getevents_arg, and the timespec it points to. */
    private static final int ARG_BYTES = 24;

    private static final int ARG_TIME_AT = 16;
    private static final int TIMESPEC_AT = 32;
    private static final long NS_PER_S = 1_000_000_000L;

    private final MemorySegment state = Calls.newState();
    private final MemorySegment argument = Arena.ofAuto().allocate(48, 8);

    private int result(long answer) {
        return answer < 0 ? -state.get(JAVA_INT, Native.ERRNO_AT) : (int) answer;
    }

    int setup(int entries, MemorySegment params) {
        return quick(SETUP, entries, params.address(), 0, 0, 0, 0);
    }

    int register(int ring, int operation, long address, int count) {
        return quick(REGISTER, ring, operation, address, count, 0, 0);
    }

    /** Submits, lets completions be posted, and does not wait. */
    int enter(int ring, int submit) {
        return quick(ENTER, ring, submit, 0, GETEVENTS, 0, 0);
    }

    /** Submits, then waits for one completion. Negative = no limit. */
    int enterAndWait(int ring, int submit, long timeoutNs) {
        argument.set(JAVA_LONG, TIMESPEC_AT, timeoutNs / NS_PER_S);
        argument.set(JAVA_LONG, TIMESPEC_AT + 8, timeoutNs % NS_PER_S);
        argument.set(JAVA_LONG, ARG_TIME_AT, timeoutNs < 0 ? 0 : argument.address() + TIMESPEC_AT);
        try {
            return result((long) Native.SYSCALL.invokeExact(
                    state,
                    ENTER,
                    (long) ring,
                    (long) submit,
                    1L,
                    (long) (GETEVENTS | EXT_ARG),
                    argument.address(),
                    (long) ARG_BYTES));
        } catch (Throwable e) {
            throw Calls.unexpected(e);
        }
    }

    private int quick(long number, long a, long b, long c, long d, long e, long f) {
        try {
            return result((long) Native.SYSCALL_NOW.invokeExact(state, number, a, b, c, d, e, f));
        } catch (Throwable t) {
            throw Calls.unexpected(t);
        }
    }

    /** Memory that {@code fd} offers at {@code offset}. */
    MemorySegment map(int fd, long offset, long lengthBytes) throws IOException {
        return map(lengthBytes, MAP_SHARED | MAP_POPULATE, fd, offset);
    }

    /** Whole pages of our own, zeroed. */
    MemorySegment map(long lengthBytes) throws IOException {
        return map(lengthBytes, MAP_PRIVATE_ANONYMOUS, -1, 0);
    }

    /** It is unmapped when nobody can reach it any more, so that whoever comes late does not bring the process down. */
    @SuppressWarnings("restricted") // the length is the mapping's
    private MemorySegment map(long lengthBytes, int flags, int fd, long offset) throws IOException {
        long address;
        try {
            address = (long) Native.MMAP.invokeExact(state, 0L, lengthBytes, PROT_READ_WRITE, flags, fd, offset);
        } catch (Throwable e) {
            throw Calls.unexpected(e);
        }
        if (address == -1) {
            throw Errno.failure("mmap", -result(-1L));
        }
        return MemorySegment.ofAddress(address).reinterpret(lengthBytes, Arena.ofAuto(), RingCalls::unmap);
    }

    private static void unmap(MemorySegment mapped) {
        try {
            var _ = (int) Native.MUNMAP.invokeExact(mapped.address(), mapped.byteSize());
        } catch (Throwable e) {
            throw Calls.unexpected(e);
        }
    }
}
