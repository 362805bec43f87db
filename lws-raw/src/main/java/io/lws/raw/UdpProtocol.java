package io.lws.raw;

import io.lws.CloseInfo;
import io.lws.Protocol;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A protocol that speaks datagrams; a session is a socket, whoever its peers are. The contract is {@link Protocol}'s. */
public interface UdpProtocol<S extends @Nullable Object> extends Protocol<S> {
    /** The socket is watched from now on. */
    default void onOpened(UdpSession<S> udp) {}

    /** One datagram, whole, possibly empty. {@code datagram} is lent. */
    void onDatagram(UdpSession<S> udp, ByteBuffer datagram, SocketAddress from);

    /** There is room again; comes once after {@link UdpSession#requestWriteable}. */
    default void onWriteable(UdpSession<S> udp) {}

    /** A datagram sent before was refused by a peer (ICMP), which only a connected socket is told. Nothing ends. */
    default void onRefused(UdpSession<S> udp) {}

    /** The socket is closed; the last call the session gets. */
    default void onClosed(UdpSession<S> udp, CloseInfo info) {}
}
