package io.lws.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * One io_uring: a queue of requests and a queue of what became of them, both in memory shared with the kernel. Requests
 * cost nothing until {@link #enter}, which hands all of them over with one system call, the one that waits as well.
 *
 * <p>The first thread that enters owns it: completions are posted only while that thread is in the call.
 */
final class Ring {
    static final int NOP = 0;
    static final int POLL_ADD = 6;
    static final int ASYNC_CANCEL = 14;
    static final int SEND = 26;
    static final int RECV = 27;

    /** No completion where all went well. */
    static final int CQE_SKIP_SUCCESS = 1 << 6;
    /** The kernel picks a buffer once there is something to put into it. */
    static final int BUFFER_SELECT = 1 << 5;
    /** In the priority field of RECV: do not look before there is something. */
    static final int RECV_POLL_FIRST = 1;
    /** In the priority field of RECV: go on after a completion. */
    static final int RECV_MULTISHOT = 2;

    /** In a completion's flags: the number of the picked buffer stands in the upper half. */
    static final int CQE_BUFFER = 1;

    /** In a completion's flags: others of the same request follow. */
    static final int CQE_MORE = 1 << 1;

    static final int CQE_BUFFER_SHIFT = 16;

    private static final int SETUP_CQSIZE = 1 << 3;
    private static final int SETUP_R_DISABLED = 1 << 6;
    private static final int SETUP_SUBMIT_ALL = 1 << 7;
    private static final int SETUP_TASKRUN_FLAG = 1 << 9;
    private static final int SETUP_SINGLE_ISSUER = 1 << 12;
    private static final int SETUP_DEFER_TASKRUN = 1 << 13;
    private static final int FEATURE_SINGLE_MMAP = 1;
    private static final int FEATURE_NODROP = 1 << 1;
    private static final int FEATURE_EXT_ARG = 1 << 8;
    private static final int FEATURE_CQE_SKIP = 1 << 11;
    private static final int FEATURES = FEATURE_SINGLE_MMAP | FEATURE_NODROP | FEATURE_EXT_ARG | FEATURE_CQE_SKIP;

    private static final int REGISTER_ENABLE_RINGS = 12;

    private static final int PARAMS_BYTES = 120;
    private static final int PARAM_CQ_ENTRIES = 4;
    private static final int PARAM_FLAGS = 8;
    private static final int PARAM_FEATURES = 20;
    private static final int SQ_OFFSETS = 40;
    private static final int CQ_OFFSETS = 80;
    private static final int HEAD = 0;
    private static final int TAIL = 4;
    private static final int SQ_FLAGS = 16;
    private static final int SQ_ARRAY = 24;
    private static final int CQ_CQES = 20;
    private static final long SQES_MAP = 0x1000_0000L;

    private static final int SQE_BYTES = 64;
    private static final int SQE_FLAGS = 1;
    private static final int SQE_PRIORITY = 2;
    private static final int SQE_FD = 4;
    private static final int SQE_ADDRESS = 16;
    private static final int SQE_LENGTH = 24;
    private static final int SQE_OPERATION_FLAGS = 28;
    private static final int SQE_USER_DATA = 32;
    private static final int CQE_BYTES = 16;
    private static final int CQE_RESULT = 8;
    private static final int CQE_FLAGS = 12;

    /** In the flags of the request queue: completions wait to be posted. */
    private static final int TO_BE_POSTED = 1 << 1 | 1 << 2;

    private static final int TRIES = 1_000;
    private static final VarHandle INT = JAVA_INT.varHandle();

    private final RingCalls calls = new RingCalls();
    private final int fd;
    private final int entries;
    private final int cqMask;
    private final MemorySegment rings;
    private final MemorySegment sqes;
    private final long sqHeadAt;
    private final long sqTailAt;
    private final long sqFlagsAt;
    private final long cqHeadAt;
    private final long cqTailAt;
    private final long cqesAt;
    private int sqTail;
    private int cqHead;
    private boolean enabled;
    private boolean closed;

    /** {@code entries}, a power of two, is how many requests wait at most; four times as many completions may. */
    Ring(int entries) throws IOException {
        this.entries = entries;
        MemorySegment params = Arena.ofAuto().allocate(PARAMS_BYTES, 8);
        params.set(JAVA_INT, PARAM_CQ_ENTRIES, 4 * entries);
        params.set(
                JAVA_INT,
                PARAM_FLAGS,
                SETUP_CQSIZE
                        | SETUP_R_DISABLED
                        | SETUP_SUBMIT_ALL
                        | SETUP_TASKRUN_FLAG
                        | SETUP_SINGLE_ISSUER
                        | SETUP_DEFER_TASKRUN);
        fd = calls.setup(entries, params);
        if (fd < 0) {
            throw Errno.failure("io_uring_setup", -fd);
        }
        try {
            if ((params.get(JAVA_INT, PARAM_FEATURES) & FEATURES) != FEATURES) {
                throw new IOException("io_uring of this kernel is too old");
            }
            int cqEntries = params.get(JAVA_INT, PARAM_CQ_ENTRIES);
            long sqArrayAt = params.get(JAVA_INT, SQ_OFFSETS + SQ_ARRAY);
            cqesAt = params.get(JAVA_INT, CQ_OFFSETS + CQ_CQES);
            rings = calls.map(fd, 0, Math.max(sqArrayAt + 4L * entries, cqesAt + (long) CQE_BYTES * cqEntries));
            sqes = calls.map(fd, SQES_MAP, (long) SQE_BYTES * entries);
            sqHeadAt = params.get(JAVA_INT, SQ_OFFSETS + HEAD);
            sqTailAt = params.get(JAVA_INT, SQ_OFFSETS + TAIL);
            sqFlagsAt = params.get(JAVA_INT, SQ_OFFSETS + SQ_FLAGS);
            cqHeadAt = params.get(JAVA_INT, CQ_OFFSETS + HEAD);
            cqTailAt = params.get(JAVA_INT, CQ_OFFSETS + TAIL);
            cqMask = cqEntries - 1;
            for (int i = 0; i < entries; i++) {
                rings.set(JAVA_INT, sqArrayAt + 4L * i, i);
            }
        } catch (IOException | RuntimeException e) {
            new Calls().close(fd);
            throw e;
        }
    }

    /** Registers something with the ring; before the first {@link #enter}, or on its thread. */
    void register(int operation, MemorySegment what) throws IOException {
        int result = calls.register(fd, operation, what.address(), 1);
        if (result < 0) {
            throw Errno.failure("io_uring_register", -result);
        }
    }

    MemorySegment memory(long lengthBytes) throws IOException {
        return calls.map(lengthBytes);
    }

    // ---- requests

    boolean isFull() {
        return sqTail - (int) INT.getAcquire(rings, sqHeadAt) == entries;
    }

    boolean hasRequests() {
        return sqTail != (int) INT.getAcquire(rings, sqHeadAt);
    }

    /** Puts down a request, for which there is room; where, for {@link #change} until the next {@link #enter}. */
    int request(int operation, int flags, int descriptor, long userData) {
        int at = (sqTail & (entries - 1)) * SQE_BYTES;
        sqTail++;
        sqes.asSlice(at, SQE_BYTES).fill((byte) 0);
        sqes.set(JAVA_BYTE, at, (byte) operation);
        sqes.set(JAVA_BYTE, at + SQE_FLAGS, (byte) flags);
        sqes.set(JAVA_INT, at + SQE_FD, descriptor);
        sqes.set(JAVA_LONG, at + SQE_USER_DATA, userData);
        return at;
    }

    void priority(int at, int priority) {
        sqes.set(JAVA_SHORT, at + SQE_PRIORITY, (short) priority);
    }

    void operationFlags(int at, int flags) {
        sqes.set(JAVA_INT, at + SQE_OPERATION_FLAGS, flags);
    }

    /** What memory a request is about. */
    void change(int at, long address, int lengthBytes) {
        sqes.set(JAVA_LONG, at + SQE_ADDRESS, address);
        sqes.set(JAVA_INT, at + SQE_LENGTH, lengthBytes);
    }

    // ---- the system call

    /**
     * Hands all requests over, then waits for a completion.
     *
     * @param timeoutNs 0 = do not wait, negative = no limit
     */
    void enter(long timeoutNs) throws IOException {
        if (closed) {
            return;
        }
        enable();
        INT.setRelease(rings, sqTailAt, sqTail);
        for (int i = 0; i < TRIES; i++) {
            int submit = sqTail - (int) INT.getAcquire(rings, sqHeadAt);
            if (submit == 0 && (i > 0 || (timeoutNs == 0 && isCaughtUp()))) {
                return;
            }
            int result = timeoutNs == 0 ? calls.enter(fd, submit) : calls.enterAndWait(fd, submit, timeoutNs);
            if (result < 0 && !isPassing(-result)) {
                throw Errno.failure("io_uring_enter", -result);
            }
        }
        if (hasRequests()) {
            throw new IOException("the kernel takes no more requests");
        }
    }

    /** Interrupted, the time is up, or the kernel is short of memory until what it does has been told. */
    private static boolean isPassing(int errno) {
        return errno == Errno.EINTR || errno == Errno.ETIME || errno == Errno.EAGAIN || errno == Errno.EBUSY;
    }

    private void enable() throws IOException {
        if (!enabled) {
            enabled = true;
            int result = calls.register(fd, REGISTER_ENABLE_RINGS, 0, 0);
            if (result < 0) {
                throw Errno.failure("enabling an io_uring", -result);
            }
        }
    }

    /** Whether nothing waits for the owner to come and have it posted. */
    boolean isCaughtUp() {
        return ((int) INT.getAcquire(rings, sqFlagsAt) & TO_BE_POSTED) == 0;
    }

    // ---- completions

    /** Whether there is one; it is the one that the next calls are about, until {@link #next}. */
    boolean hasCompletion() {
        return cqHead != (int) INT.getAcquire(rings, cqTailAt);
    }

    private long completionAt() {
        return cqesAt + (long) (cqHead & cqMask) * CQE_BYTES;
    }

    long userData() {
        return rings.get(JAVA_LONG, completionAt());
    }

    int result() {
        return rings.get(JAVA_INT, completionAt() + CQE_RESULT);
    }

    int flags() {
        return rings.get(JAVA_INT, completionAt() + CQE_FLAGS);
    }

    void next() {
        cqHead++;
        INT.setRelease(rings, cqHeadAt, cqHead);
    }

    void close() {
        if (!closed) {
            closed = true;
            new Calls().close(fd);
        }
    }
}
