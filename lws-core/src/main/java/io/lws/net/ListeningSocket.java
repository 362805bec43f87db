package io.lws.net;

import io.lws.IpFamilies;
import io.lws.loop.EventLoop;
import io.lws.spi.PollerProvider;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** One socket that listens, whoever made it: below a {@link Listener}, which owns it. Any thread, but for accepting. */
public interface ListeningSocket {
    /** The bound address. */
    SocketAddress address();

    boolean isOpen();

    /** Whose callers it takes, or {@code null} where nothing but its address tells. */
    default @Nullable IpFamilies families() {
        return null;
    }

    /** What takes callers from it on {@code loop}. On that loop's thread. @throws IOException where its poller cannot */
    Acceptor acceptor(EventLoop loop) throws IOException;

    /** Takes its name out of the file system, where it has one of its own: nobody new can call then. Idempotent. */
    default void withdraw() throws IOException {}

    /** After {@link #withdraw}. Idempotent. */
    void close() throws IOException;

    /** Closes this process's end of a socket that another process holds too: it listens on, and so does its name. */
    default void leave() throws IOException {
        close();
    }

    /** Whether closing it deletes the name of a unix socket. */
    default boolean ownsName() {
        return false;
    }

    /** Whether another process may have it too, such as the one that passed it: then it is closed, never shut down. */
    default boolean mayBeShared() {
        return true;
    }

    /** The number of its descriptor, which {@code provider} may have to look for. @throws IOException where that fails */
    default int descriptor(PollerProvider provider) throws IOException {
        throw new IOException("nobody knows the descriptor of " + address());
    }
}
