package io.lws.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Vhost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UdpTest {
    private final Vhost vhost = Vhost.builder("udp").build();
    private final Context context = Context.builder().vhost(vhost).build().start();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<CloseInfo> closed = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        context.close();
    }

    private final class Echo implements UdpProtocol<Void> {
        @Override
        public void onDatagram(UdpSession<Void> udp, ByteBuffer datagram, SocketAddress from) {
            heard.add(datagram.remaining() + " from " + ((InetSocketAddress) from).getPort());
            if (datagram.remaining() == 13) {
                throw new IllegalStateException("meant");
            }
            assertTrue(udp.send(datagram, from));
        }

        @Override
        public void onRefused(UdpSession<Void> udp) {
            heard.add("refused");
        }

        @Override
        public void onClosed(UdpSession<Void> udp, CloseInfo info) {
            closed.add(info);
        }
    }

    private static DatagramChannel bound() throws IOException {
        return DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private UdpSession<Void> adopt(DatagramChannel channel) throws Exception {
        CompletableFuture<UdpSession<Void>> adopted = new CompletableFuture<>();
        context.loops().get(0).execute(() -> {
            try {
                adopted.complete(RawAdoption.adopt(context.nets().get(0), channel, vhost, new Echo()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return adopted.get(20, TimeUnit.SECONDS);
    }

    @Test
    void answersEachPeerByItself() throws Exception {
        DatagramChannel channel = bound();
        adopt(channel);
        try (DatagramSocket one = new DatagramSocket();
                DatagramSocket other = new DatagramSocket()) {
            for (DatagramSocket each : new DatagramSocket[] {one, other, one}) {
                each.setSoTimeout(20_000);
                each.send(
                        new DatagramPacket(new byte[each.getLocalPort() % 100 + 20], 0, 20, channel.getLocalAddress()));
                DatagramPacket answer = new DatagramPacket(new byte[100], 100);
                each.receive(answer);
                assertEquals(20, answer.getLength());
                assertEquals("20 from " + each.getLocalPort(), heard.poll(20, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void takesAnEmptyDatagram() throws Exception {
        DatagramChannel channel = bound();
        adopt(channel);
        try (DatagramSocket peer = new DatagramSocket()) {
            peer.setSoTimeout(20_000);
            peer.send(new DatagramPacket(new byte[0], 0, channel.getLocalAddress()));
            DatagramPacket answer = new DatagramPacket(new byte[1], 1);
            peer.receive(answer);
            assertEquals(0, answer.getLength());
        }
    }

    @Test
    void sendsToThePeerItIsConnectedTo() throws Exception {
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            peer.setSoTimeout(20_000);
            UdpSession<Void> udp = adopt(bound().connect(peer.getLocalSocketAddress()));
            udp.execute(() -> assertTrue(udp.send(ByteBuffer.allocate(5))));
            DatagramPacket got = new DatagramPacket(new byte[10], 10);
            peer.receive(got);
            assertEquals(5, got.getLength());
            peer.send(new DatagramPacket(new byte[3], 3, got.getSocketAddress()));
            assertEquals("3 from " + peer.getLocalPort(), heard.poll(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void closesItsOwnSessionWhenACallbackThrows() throws Exception {
        DatagramChannel channel = bound();
        UdpSession<Void> udp = adopt(channel);
        try (DatagramSocket peer = new DatagramSocket()) {
            peer.send(new DatagramPacket(new byte[13], 13, channel.getLocalAddress()));
            CloseInfo info = closed.poll(20, TimeUnit.SECONDS);
            assertNotNull(info);
            assertEquals(CloseInfo.Initiator.CALLBACK, info.initiator());
            assertFalse(channel.isOpen());
            assertFalse(udp.isOpen());
        }
    }

    @Test
    void endsWithTheContext() throws Exception {
        DatagramChannel channel = bound();
        adopt(channel);
        context.close();
        assertFalse(channel.isOpen());
        assertEquals(1, closed.size());
    }

    @Test
    void refusesAClosedChannel() throws Exception {
        DatagramChannel channel = bound();
        channel.close();
        CompletableFuture<Void> refused = new CompletableFuture<>();
        context.loops().get(0).execute(() -> {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> RawAdoption.adopt(context.nets().get(0), channel, vhost, new Echo()));
            refused.complete(null);
        });
        refused.get(20, TimeUnit.SECONDS);
    }

    /** Addresses that a datagram may claim to be from, and that nothing can be sent to. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1, 0", "255.255.255.255, 7"})
    void outlivesAnAnswerToAForgedAddress(String host, int port) throws Exception {
        DatagramChannel channel = bound();
        UdpSession<Void> udp = adopt(channel);
        CompletableFuture<Boolean> sent = new CompletableFuture<>();
        ByteBuffer datagram = ByteBuffer.allocate(10);
        udp.execute(() -> sent.complete(udp.send(datagram, new InetSocketAddress(host, port))));
        assertTrue(sent.get(20, TimeUnit.SECONDS));
        assertEquals(0, datagram.remaining());
        assertTrue(udp.isOpen());
    }

    @Test
    void refusesWhatCanNeverLeave() throws Exception {
        DatagramChannel channel = bound();
        channel.connect(channel.getLocalAddress());
        UdpSession<Void> udp = adopt(channel);
        CompletableFuture<Void> refused = new CompletableFuture<>();
        udp.execute(() -> {
            SocketAddress foreign = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
            assertThrows(IllegalArgumentException.class, () -> udp.send(ByteBuffer.allocate(65_508)));
            assertThrows(IllegalArgumentException.class, () -> udp.send(ByteBuffer.allocate(1), foreign));
            refused.complete(null);
        });
        refused.get(20, TimeUnit.SECONDS);
        assertTrue(udp.isOpen());
    }
}
