package io.lws.raw;

import io.lws.Session;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One datagram socket. {@link #remoteAddress} is the peer of a connected one. */
public interface UdpSession<S extends @Nullable Object> extends Session<S> {
    /**
     * Sends one datagram and reads {@code datagram} to its end. False, and nothing is read, while the system has no room:
     * {@link #requestWriteable} and try again, or leave it, as datagrams may be lost anyway. One to an address that cannot be
     * reached is lost, no more: whom a datagram is from is easily forged, and answering it must not end the session.
     *
     * @throws IllegalArgumentException for what can never leave: more than 65507 bytes, a foreign peer on a connected socket
     */
    boolean send(ByteBuffer datagram, SocketAddress to);

    /** To the peer of a connected socket. @throws IllegalStateException on one that is not connected */
    boolean send(ByteBuffer datagram);

    /** The bound address. */
    @Nullable
    SocketAddress localAddress();

    /** Ends it; {@code onClosed} comes before this returns. Idempotent. */
    void close();
}
