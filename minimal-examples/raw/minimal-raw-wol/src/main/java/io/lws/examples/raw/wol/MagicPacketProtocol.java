package io.lws.examples.raw.wol;

import io.lws.raw.UdpProtocol;
import io.lws.raw.UdpSession;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/** Sends one magic packet: six bytes of 0xff, then the MAC address sixteen times. Ends the program. */
final class MagicPacketProtocol implements UdpProtocol<Void> {
    private static final int SYNC_BYTES = 6;
    private static final int REPEATS = 16;

    private final byte[] mac = new byte[6];
    private final SocketAddress to;

    MagicPacketProtocol(String macAddress, SocketAddress to) {
        String[] parts = macAddress.split("[:-]");
        if (parts.length != mac.length) {
            throw new IllegalArgumentException("no MAC address: " + macAddress);
        }
        for (int i = 0; i < mac.length; i++) {
            mac[i] = (byte) Integer.parseInt(parts[i], 16);
        }
        this.to = to;
    }

    @Override
    public void onOpened(UdpSession<Void> udp) {
        ByteBuffer packet = ByteBuffer.allocate(SYNC_BYTES + REPEATS * mac.length);
        for (int i = 0; i < SYNC_BYTES; i++) {
            packet.put((byte) 0xff);
        }
        for (int i = 0; i < REPEATS; i++) {
            packet.put(mac);
        }
        int length = packet.flip().remaining();
        udp.send(packet, to);
        System.out.println("sent " + length + " bytes to " + to);
        udp.vhost().context().close();
    }

    @Override
    public void onDatagram(UdpSession<Void> udp, ByteBuffer datagram, SocketAddress from) {}
}
