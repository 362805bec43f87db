package io.lws.examples.raw.adoptudp;

import io.lws.raw.UdpProtocol;
import io.lws.raw.UdpSession;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/** Sends each datagram back; one for which there is no room is lost, as datagrams may be. */
final class UdpEchoProtocol implements UdpProtocol<Void> {
    @Override
    public void onDatagram(UdpSession<Void> udp, ByteBuffer datagram, SocketAddress from) {
        System.out.println(datagram.remaining() + " bytes from " + from);
        udp.send(datagram, from);
    }
}
