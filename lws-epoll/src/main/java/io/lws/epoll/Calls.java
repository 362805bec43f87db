package io.lws.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * System calls of one thread. Each answers what the call gave, or {@code -errno}. Not safe for two threads: both would
 * read one {@code errno}.
 */
final class Calls {
    static final int EPOLL_CLOEXEC = 0x80000;
    static final int EPOLL_CTL_ADD = 1;
    static final int EPOLL_CTL_DEL = 2;
    static final int EPOLL_CTL_MOD = 3;
    static final int SOCK_NONBLOCK = 0x800;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int MSG_NOSIGNAL = 0x4000;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_WAITALL = 0x100;
    static final int SHUT_WR = 1;
    static final int SHUT_RDWR = 2;
    static final int F_GETFL = 3;
    static final int F_SETFL = 4;
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_V6ONLY = 26;
    private static final int SOL_SOCKET = 1;
    private static final int SO_LINGER = 13;
    private static final int F_DUPFD_CLOEXEC = 1030;
    /** More than any struct sockaddr has. */
    private static final int NAME_BYTES = 128;

    private static final int NS_PER_MS = 1_000_000;
    private static final long NS_PER_S = 1_000_000_000L;

    /** epoll_event: packed on x86, where it was invented, and aligned elsewhere. */
    static final boolean PACKED = System.getProperty("os.arch").matches("amd64|x86_64|i386");

    static final int EVENT_BYTES = PACKED ? 12 : 16;
    static final int EVENT_DATA_AT = PACKED ? 4 : 8;

    private final MemorySegment state = newState();
    private final MemorySegment small = Arena.ofAuto().allocate(128, 8);
    private @Nullable MemorySegment name;
    private boolean hasPwait2 = true;

    /** Where a call may leave its {@code errno}. */
    static MemorySegment newState() {
        return Arena.ofAuto().allocate(Native.CALL_STATE);
    }

    private int errno() {
        return state.get(JAVA_INT, Native.ERRNO_AT);
    }

    private int result(int answer) {
        return answer < 0 ? -errno() : answer;
    }

    private long result(long answer) {
        return answer < 0 ? -errno() : answer;
    }

    /** What a handle throws can only be a mistake of ours: they declare nothing. */
    static IllegalStateException unexpected(Throwable e) {
        return new IllegalStateException("calling the C library", e);
    }

    // ---- epoll

    int epollCreate() {
        try {
            return result((int) Native.EPOLL_CREATE1.invokeExact(state, EPOLL_CLOEXEC));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int epollControl(int epoll, int operation, int fd, int events, long data) {
        small.set(JAVA_INT, 0, events);
        small.set(JAVA_LONG.withByteAlignment(4), EVENT_DATA_AT, data);
        try {
            return result((int) Native.EPOLL_CTL.invokeExact(state, epoll, operation, fd, small.address()));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Negative = no limit. Nanoseconds where the kernel can, else rounded up to milliseconds. */
    int epollWait(int epoll, MemorySegment events, int max, long timeoutNs) {
        try {
            if (timeoutNs == 0) {
                int n = (int) Native.EPOLL_WAIT_NOW.invokeExact(epoll, events.address(), max, 0);
                return n >= 0 ? n : result((int) Native.EPOLL_WAIT.invokeExact(state, epoll, events.address(), max, 0));
            }
            if (timeoutNs < 0) {
                return result((int) Native.EPOLL_WAIT.invokeExact(state, epoll, events.address(), max, -1));
            }
            return hasPwait2 ? exactWait(epoll, events, max, timeoutNs) : roundedWait(epoll, events, max, timeoutNs);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private int exactWait(int epoll, MemorySegment events, int max, long timeoutNs) throws Throwable {
        small.set(JAVA_LONG, 0, timeoutNs / NS_PER_S);
        small.set(JAVA_LONG, 8, timeoutNs % NS_PER_S);
        int n = result((int) Native.EPOLL_PWAIT2.invokeExact(state, epoll, events.address(), max, small.address(), 0L));
        if (n >= 0 || n == -Errno.EINTR) {
            return n;
        }
        hasPwait2 = false; // a kernel before 5.11, or a filter that does not know the call
        return roundedWait(epoll, events, max, timeoutNs);
    }

    private int roundedWait(int epoll, MemorySegment events, int max, long timeoutNs) throws Throwable {
        int timeoutMs = (int) Math.min(Integer.MAX_VALUE, (timeoutNs - 1) / NS_PER_MS + 1);
        return result((int) Native.EPOLL_WAIT.invokeExact(state, epoll, events.address(), max, timeoutMs));
    }

    /** Waits until {@code fd} is readable, or {@code other}, which may be -1; changes nothing about them. Negative = no limit. */
    int awaitReadable(int fd, int other, long timeoutNs) {
        int timeoutMs = timeoutNs < 0 ? -1 : (int) Math.min(Integer.MAX_VALUE, (timeoutNs + NS_PER_MS - 1) / NS_PER_MS);
        small.set(JAVA_INT, 0, fd);
        small.set(JAVA_INT, 4, EventSink.IN); // events, and no revents
        small.set(JAVA_INT, 8, other);
        small.set(JAVA_INT, 12, EventSink.IN);
        try {
            return result((int) Native.POLL.invokeExact(state, small.address(), 2L, timeoutMs));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int eventfd() {
        try {
            return result((int) Native.EVENTFD.invokeExact(state, 0, SOCK_NONBLOCK | SOCK_CLOEXEC));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Any thread: it leaves {@code errno} alone. */
    static void signal(int eventfd) {
        try {
            var _ = (int) Native.EVENTFD_WRITE.invokeExact(eventfd, 1L);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    // ---- bytes

    long recv(int fd, long address, long lengthBytes) {
        try {
            return result((long) Native.RECV.invokeExact(state, fd, address, lengthBytes, MSG_DONTWAIT));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** What fails takes nothing, so it may be tried again to learn why: to have {@code errno} kept costs each call. */
    long send(int fd, long address, long lengthBytes) {
        int flags = MSG_DONTWAIT | MSG_NOSIGNAL;
        try {
            long sent = (long) Native.SEND_OR_FAIL.invokeExact(fd, address, lengthBytes, flags);
            return sent >= 0 ? sent : result((long) Native.SEND.invokeExact(state, fd, address, lengthBytes, flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    long read(int fd, long address, long lengthBytes) {
        try {
            return result((long) Native.READ.invokeExact(state, fd, address, lengthBytes));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    long write(int fd, long address, long lengthBytes) {
        try {
            return result((long) Native.WRITE.invokeExact(state, fd, address, lengthBytes));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    long sendfile(int toFd, int fromFd, long position, long count) {
        small.set(JAVA_LONG, 0, position);
        try {
            return result((long) Native.SENDFILE.invokeExact(state, toFd, fromFd, small.address(), count));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A file for reading; {@code flags} beside that. */
    int open(byte[] name, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocate(name.length + 1L);
            MemorySegment.copy(name, 0, path, JAVA_BYTE, 0, name.length);
            return result((int) Lazy.OPEN.invokeExact(state, path.address(), flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Any thread: it leaves {@code errno} alone. */
    static void closeQuietly(int fd) {
        try {
            var _ = (int) Native.CLOSE_QUIETLY.invokeExact(fd);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    // ---- sockets

    int accept(int fd) {
        try {
            return result((int) Native.ACCEPT4.invokeExact(state, fd, 0L, 0L, SOCK_NONBLOCK | SOCK_CLOEXEC));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int shutdown(int fd, int how) {
        try {
            return result((int) Native.SHUTDOWN.invokeExact(state, fd, how));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int close(int fd) {
        try {
            return result((int) Native.CLOSE.invokeExact(state, fd));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int setOption(int fd, int level, int option, int value) {
        small.set(JAVA_INT, 0, value);
        try {
            return result((int) Native.SETSOCKOPT.invokeExact(state, fd, level, option, small.address(), 4));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Whether closing throws away what the kernel has not sent yet, and tells the peer by a reset. */
    void resetOnClose(int fd, boolean reset) {
        small.set(JAVA_INT, 0, reset ? 1 : 0);
        small.set(JAVA_INT, 4, 0);
        try {
            result((int) Native.SETSOCKOPT.invokeExact(state, fd, SOL_SOCKET, SO_LINGER, small.address(), 8));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The value, or {@code -errno}. */
    int option(int fd, int level, int option) {
        small.set(JAVA_INT, 64, 4);
        try {
            int n = result((int)
                    Native.GETSOCKOPT.invokeExact(state, fd, level, option, small.address(), small.address() + 64));
            return n < 0 ? n : small.get(JAVA_INT, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The address of either end, until the next call of this; {@code null} where there is none. */
    @Nullable
    MemorySegment name(MethodHandle which, int fd) {
        MemorySegment into = name;
        if (into == null) {
            into = Arena.ofAuto().allocate(NAME_BYTES, 8);
            name = into;
        }
        small.set(JAVA_INT, 0, NAME_BYTES);
        try {
            int n = (int) which.invokeExact(state, fd, into.address(), small.address());
            return n < 0 ? null : into.asSlice(0, Math.min(NAME_BYTES, small.get(JAVA_INT, 0)));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Another number for the same open file, not for child processes. */
    int duplicate(int fd) {
        return control(fd, F_DUPFD_CLOEXEC, 0);
    }

    boolean isNonBlocking(int fd) {
        return (control(fd, F_GETFL, 0) & SOCK_NONBLOCK) != 0;
    }

    /** fcntl with a number as its argument. */
    int control(int fd, int command, int argument) {
        try {
            return result((int) Lazy.FCNTL.invokeExact(state, fd, command, argument));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** What few need. */
    private static final class Lazy {
        static final MethodHandle FCNTL = Native.variadic("fcntl", 2, JAVA_INT, JAVA_INT, JAVA_INT);
        static final MethodHandle OPEN = Native.variadic("open64", 2, JAVA_LONG, JAVA_INT);
    }
}
