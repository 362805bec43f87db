package io.lws.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * Functions of the C library. Pointers are passed as numbers, so that a call allocates nothing. Each takes as its first
 * argument where {@code errno} is to be stored, but for those that are called without interest in it.
 */
@SuppressWarnings("restricted") // this class is where the module leaves the JVM
final class Native {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBC = LINKER.defaultLookup();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    /** For calls that come back at once: the thread stays where the collector cannot stop it, and that is cheaper. */
    private static final Linker.Option SHORT = Linker.Option.critical(false);

    static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();
    static final long ERRNO_AT = CALL_STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    static final MethodHandle EPOLL_CREATE1 = ints("epoll_create1", JAVA_INT);
    static final MethodHandle EPOLL_CTL = quick("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    static final MethodHandle EPOLL_WAIT = ints("epoll_wait", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
    static final MethodHandle EPOLL_WAIT_NOW = LINKER.downcallHandle(
            find("epoll_wait"), FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT), SHORT);
    static final MethodHandle EPOLL_PWAIT2 = ints("epoll_pwait2", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
    static final MethodHandle POLL = ints("poll", JAVA_LONG, JAVA_LONG, JAVA_INT);
    static final MethodHandle EVENTFD = ints("eventfd", JAVA_INT, JAVA_INT);
    static final MethodHandle EVENTFD_WRITE =
            LINKER.downcallHandle(find("eventfd_write"), FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG), SHORT);

    static final MethodHandle RECV = quick("recv", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    static final MethodHandle SEND = quick("send", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    static final MethodHandle SEND_OR_FAIL = LINKER.downcallHandle(
            find("send"), FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT), SHORT);
    static final MethodHandle READ = longs("read", JAVA_INT, JAVA_LONG, JAVA_LONG);
    static final MethodHandle WRITE = longs("write", JAVA_INT, JAVA_LONG, JAVA_LONG);
    static final MethodHandle SENDFILE = longs("sendfile64", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    static final MethodHandle ACCEPT4 = quick("accept4", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    static final MethodHandle SHUTDOWN = quick("shutdown", JAVA_INT, JAVA_INT, JAVA_INT);
    static final MethodHandle CLOSE = ints("close", JAVA_INT);
    static final MethodHandle CLOSE_QUIETLY =
            LINKER.downcallHandle(find("close"), FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    static final MethodHandle SETSOCKOPT = ints("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    static final MethodHandle GETSOCKOPT = ints("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    static final MethodHandle GETPEERNAME = ints("getpeername", JAVA_INT, JAVA_LONG, JAVA_LONG);
    static final MethodHandle GETSOCKNAME = ints("getsockname", JAVA_INT, JAVA_LONG, JAVA_LONG);

    static final MethodHandle SOCKETPAIR = ints("socketpair", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);

    static final MethodHandle MMAP = longs("mmap", JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    static final MethodHandle MUNMAP =
            LINKER.downcallHandle(find("munmap"), FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    /** A system call by its number. */
    static final MethodHandle SYSCALL = syscall(ERRNO, Linker.Option.firstVariadicArg(1));

    static final MethodHandle SYSCALL_NOW = syscall(ERRNO, Linker.Option.firstVariadicArg(1), SHORT);

    private Native() {}

    private static MethodHandle syscall(Linker.Option... options) {
        ValueLayout[] numberAndSix = new ValueLayout[7];
        Arrays.fill(numberAndSix, JAVA_LONG);
        return LINKER.downcallHandle(find("syscall"), FunctionDescriptor.of(JAVA_LONG, numberAndSix), options);
    }

    private static MethodHandle ints(String name, ValueLayout... arguments) {
        return LINKER.downcallHandle(find(name), FunctionDescriptor.of(JAVA_INT, arguments), ERRNO);
    }

    static MethodHandle longs(String name, ValueLayout... arguments) {
        return LINKER.downcallHandle(find(name), FunctionDescriptor.of(JAVA_LONG, arguments), ERRNO);
    }

    private static MethodHandle quick(String name, ValueLayout result, ValueLayout... arguments) {
        return LINKER.downcallHandle(find(name), FunctionDescriptor.of(result, arguments), ERRNO, SHORT);
    }

    /** A function with a variable argument list, called with the arguments {@code layouts}, the first {@code fixed} named. */
    static MethodHandle variadic(String name, int fixed, ValueLayout... layouts) {
        return LINKER.downcallHandle(
                find(name), FunctionDescriptor.of(JAVA_INT, layouts), ERRNO, Linker.Option.firstVariadicArg(fixed));
    }

    private static MemorySegment find(String name) {
        return LIBC.find(name).orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + name));
    }
}
