package io.lws.raw;

import io.lws.Vhost;
import io.lws.net.Adoption;
import io.lws.net.LoopNet;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/** Gives a protocol what was opened elsewhere. On the loop that is to serve it; ownership as {@link Adoption} says. */
public final class RawAdoption {
    private RawAdoption() {}

    /** A stream of bytes: socket, pipe, file, standard streams, a descriptor by number. {@code onConnected} comes next. */
    public static <S extends @Nullable Object> RawSession<S> adopt(
            LoopNet net, Adoption what, Vhost vhost, RawProtocol<S> protocol) throws IOException {
        @SuppressWarnings("unchecked") // the role is the one made here
        RawSession<S> session = (RawSession<S>) net.adopt(
                        what, connection -> RawConnection.open(connection, vhost, protocol, RawConnection.Side.SERVER))
                .role();
        return session;
    }

    /**
     * A datagram socket, connected or not; it belongs to the session from now on and is closed with it, or with the
     * loop. What is refused stays the caller's: a closed channel ({@link IllegalArgumentException}), one that a selector
     * has ({@link IllegalStateException}).
     */
    public static <S extends @Nullable Object> UdpSession<S> adopt(
            LoopNet net, DatagramChannel channel, Vhost vhost, UdpProtocol<S> protocol) throws IOException {
        return UdpSocket.open(net, channel, vhost, protocol);
    }
}
