package io.lws.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the addresses of a socket's ends out of {@code struct sockaddr}. */
final class SocketAddresses {
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int PORT_AT = 2;
    private static final int V4_AT = 4;
    private static final int V6_AT = 8;

    private SocketAddresses() {}

    static @Nullable SocketAddress remote(Calls calls, int fd) {
        return read(calls, Native.GETPEERNAME, fd);
    }

    static @Nullable SocketAddress local(Calls calls, int fd) {
        return read(calls, Native.GETSOCKNAME, fd);
    }

    private static @Nullable SocketAddress read(Calls calls, MethodHandle which, int fd) {
        MemorySegment name = calls.name(which, fd);
        return name == null || name.byteSize() < PORT_AT ? null : parse(name);
    }

    private static @Nullable SocketAddress parse(MemorySegment name) {
        return switch (name.get(JAVA_SHORT, 0)) {
            case AF_INET -> inet(name, V4_AT, 4);
            case AF_INET6 -> inet(name, V6_AT, 16);
            case AF_UNIX -> unix(name.asSlice(PORT_AT).toArray(JAVA_BYTE));
            default -> null;
        };
    }

    private static SocketAddress inet(MemorySegment name, int at, int bytes) {
        int port = Short.toUnsignedInt(name.get(JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), PORT_AT));
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(name.asSlice(at, bytes).toArray(JAVA_BYTE)), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only thrown for another length
        }
    }

    /** The end that called has no name as a rule, and an abstract one is none to the JDK. */
    private static SocketAddress unix(byte[] path) {
        int end = 0;
        while (end < path.length && path[end] != 0) {
            end++;
        }
        return UnixDomainSocketAddress.of(new String(path, 0, end, StandardCharsets.UTF_8));
    }
}
