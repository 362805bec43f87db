package io.lws.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.channels.SocketChannel;

/** Descriptors over a unix socket: one byte of data, and in the control message beside it SCM_RIGHTS. One thread. */
final class DescriptorPassing {
    static final int MAX_FDS = 250; // the kernel takes 253 in one message

    private static final MethodHandle SENDMSG = Native.longs("sendmsg", JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECVMSG = Native.longs("recvmsg", JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int MSG_CTRUNC = 8;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;

    /** struct msghdr: name, its length, vector, its length, control, its length, flags. */
    private static final int MESSAGE_BYTES = 56;

    private static final int VECTOR_AT = 16;
    private static final int VECTOR_COUNT_AT = 24;
    private static final int CONTROL_AT = 32;
    private static final int CONTROL_LENGTH_AT = 40;
    private static final int FLAGS_AT = 48;
    /** struct cmsghdr: length, level, type; then the numbers. */
    private static final int FDS_AT = 16;

    private final SocketChannel socket;
    private final Calls calls = new Calls();
    private final MemorySegment state = Calls.newState();

    DescriptorPassing(SocketChannel socket) {
        this.socket = socket;
    }

    void send(int... fds) throws IOException {
        if (fds.length == 0 || fds.length > MAX_FDS) {
            throw new IllegalArgumentException("1 to " + MAX_FDS + " descriptors, not " + fds.length);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment control = arena.allocate(space(fds.length), 8);
            control.set(JAVA_LONG, 0, FDS_AT + 4L * fds.length);
            control.set(JAVA_INT, 8, SOL_SOCKET);
            control.set(JAVA_INT, 12, SCM_RIGHTS);
            MemorySegment.copy(fds, 0, control, JAVA_INT, FDS_AT, fds.length);
            MemorySegment message = message(arena, control);
            long sent = call(SENDMSG, number(), message, Calls.MSG_NOSIGNAL);
            if (sent < 0) {
                throw Errno.failure("passing descriptors", (int) -sent);
            }
        }
    }

    int[] receive() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment control = arena.allocate(space(MAX_FDS), 8);
            MemorySegment message = message(arena, control);
            int fd = number();
            long got = call(RECVMSG, fd, message, MSG_CMSG_CLOEXEC);
            while (got == -Errno.EINTR) {
                got = call(RECVMSG, fd, message, MSG_CMSG_CLOEXEC);
            }
            if (got < 0) {
                throw Errno.failure("receiving descriptors", (int) -got);
            }
            int[] fds = fds(message, control);
            if (got == 0) {
                throw new EOFException("the other process has closed instead of passing descriptors");
            }
            if ((message.get(JAVA_INT, FLAGS_AT) & MSG_CTRUNC) != 0) {
                for (int each : fds) {
                    calls.close(each);
                }
                throw new IOException("this process may not have as many descriptors as were passed");
            }
            return fds;
        }
    }

    private static int[] fds(MemorySegment message, MemorySegment control) {
        boolean none = message.get(JAVA_LONG, CONTROL_LENGTH_AT) < FDS_AT
                || control.get(JAVA_INT, 8) != SOL_SOCKET
                || control.get(JAVA_INT, 12) != SCM_RIGHTS;
        int[] fds = new int[none ? 0 : (int) (control.get(JAVA_LONG, 0) - FDS_AT) / 4];
        MemorySegment.copy(control, JAVA_INT, FDS_AT, fds, 0, fds.length);
        return fds;
    }

    private static long space(int count) {
        return FDS_AT + (4L * count + 7) / 8 * 8;
    }

    private static MemorySegment message(Arena arena, MemorySegment control) {
        MemorySegment vector = arena.allocate(16, 8);
        vector.set(JAVA_LONG, 0, arena.allocate(1).address());
        vector.set(JAVA_LONG, 8, 1);
        MemorySegment message = arena.allocate(MESSAGE_BYTES, 8);
        message.set(JAVA_LONG, VECTOR_AT, vector.address());
        message.set(JAVA_LONG, VECTOR_COUNT_AT, 1);
        message.set(JAVA_LONG, CONTROL_AT, control.address());
        message.set(JAVA_LONG, CONTROL_LENGTH_AT, control.byteSize());
        return message;
    }

    /** The socket's descriptor, which can only be looked for while it does not block. */
    private int number() throws IOException {
        socket.configureBlocking(false);
        try {
            return OpenDescriptors.ofChannel(socket);
        } finally {
            socket.configureBlocking(true);
        }
    }

    private long call(MethodHandle which, int fd, MemorySegment message, int flags) {
        try {
            long answer = (long) which.invokeExact(state, fd, message.address(), flags);
            return answer < 0 ? -state.get(JAVA_INT, Native.ERRNO_AT) : answer;
        } catch (Throwable e) {
            throw Calls.unexpected(e);
        }
    }
}
