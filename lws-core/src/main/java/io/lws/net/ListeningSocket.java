package io.lws.net;

import io.lws.loop.EventLoop;
import java.io.IOException;
import java.net.SocketAddress;

/** One socket that listens, whoever made it: below a {@link Listener}, which owns it. Any thread, but for accepting. */
public interface ListeningSocket {
    /** The bound address. */
    SocketAddress address();

    boolean isOpen();

    /** What takes callers from it on {@code loop}. On that loop's thread. @throws IOException where its poller cannot */
    Acceptor acceptor(EventLoop loop) throws IOException;

    /** Idempotent. */
    void close() throws IOException;
}
