package io.lws.epoll;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** Opens the kinds of descriptors that Java cannot. */
@SuppressWarnings("restricted")
final class Libc {
    private static final int O_RDWR = 2;
    private static final int O_NONBLOCK = 0x800;
    private static final int CLOCK_MONOTONIC = 1;
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;

    private Libc() {}

    private static int call(String name, int variadicFrom, Object... arguments) throws Throwable {
        ValueLayout[] layouts = new ValueLayout[arguments.length];
        for (int i = 0; i < layouts.length; i++) {
            layouts[i] = arguments[i] instanceof MemorySegment ? ADDRESS : JAVA_INT;
        }
        Linker linker = Linker.nativeLinker();
        var symbol = linker.defaultLookup().find(name).orElseThrow();
        var descriptor = FunctionDescriptor.of(JAVA_INT, layouts);
        var handle = variadicFrom < 0
                ? linker.downcallHandle(symbol, descriptor)
                : linker.downcallHandle(symbol, descriptor, Linker.Option.firstVariadicArg(variadicFrom));
        return (int) handle.invokeWithArguments(arguments);
    }

    /** The two ends of a pseudo terminal, in raw mode: what is written into one comes out of the other. */
    static int[] openPty() throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment master = arena.allocate(JAVA_INT);
            MemorySegment slave = arena.allocate(JAVA_INT);
            int result = call("openpty", -1, master, slave, MemorySegment.NULL, MemorySegment.NULL, MemorySegment.NULL);
            if (result != 0) {
                throw new IllegalStateException("openpty");
            }
            int[] pair = {master.get(JAVA_INT, 0), slave.get(JAVA_INT, 0)};
            MemorySegment settings = arena.allocate(128, 8);
            call("tcgetattr", -1, pair[1], settings);
            Linker linker = Linker.nativeLinker();
            linker.downcallHandle(
                            linker.defaultLookup().find("cfmakeraw").orElseThrow(), FunctionDescriptor.ofVoid(ADDRESS))
                    .invokeExact(settings);
            call("tcsetattr", -1, pair[1], 0, settings);
            return pair;
        }
    }

    /** Two connected stream sockets. */
    static int[] socketPair() throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pair = arena.allocate(JAVA_INT, 2);
            if (call("socketpair", -1, AF_UNIX, SOCK_STREAM, 0, pair) != 0) {
                throw new IllegalStateException("socketpair");
            }
            return new int[] {pair.getAtIndex(JAVA_INT, 0), pair.getAtIndex(JAVA_INT, 1)};
        }
    }

    static int open(Path path) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            return call("open", 2, arena.allocateFrom(path.toString()), O_RDWR);
        }
    }

    /** Tells of what is made in {@code directory}. */
    static int inotify(Path directory) throws Throwable {
        int fd = call("inotify_init1", -1, O_NONBLOCK);
        try (Arena arena = Arena.ofConfined()) {
            call("inotify_add_watch", -1, fd, arena.allocateFrom(directory.toString()), 0x100);
        }
        return fd;
    }

    /** Fires once, very soon. */
    static int timer() throws Throwable {
        int fd = call("timerfd_create", -1, CLOCK_MONOTONIC, 0);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment when = arena.allocate(32, 8);
            when.set(JAVA_LONG, 24, 1_000_000);
            call("timerfd_settime", -1, fd, 0, when, MemorySegment.NULL);
        }
        return fd;
    }

    static void write(int fd, byte[] bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocateFrom(JAVA_BYTE, bytes);
            new Calls().write(fd, copy.address(), bytes.length);
        }
    }

    static byte[] read(int fd, int max) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment into = arena.allocate(max);
            long n = new Calls().read(fd, into.address(), max);
            return into.asSlice(0, Math.max(0, n)).toArray(JAVA_BYTE);
        }
    }

    /** What a socket has, without waiting for it. */
    static byte[] receive(int fd, int max) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment into = arena.allocate(max);
            long n = new Calls().recv(fd, into.address(), max);
            return into.asSlice(0, Math.max(0, n)).toArray(JAVA_BYTE);
        }
    }

    static void close(int fd) {
        new Calls().close(fd);
    }
}
