package io.lws.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.IpFamilies;
import io.lws.Vhost;
import io.lws.net.Listener;
import io.lws.net.SocketHandover;
import io.lws.spi.Role;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listening sockets over a unix socket, both ends of which are here. */
class SocketHandoverTest {
    @TempDir
    private Path directory;

    private SocketChannel giving;
    private SocketChannel taking;

    @BeforeEach
    void connect() throws IOException {
        UnixDomainSocketAddress place = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            door.bind(place);
            giving = SocketChannel.open(place);
            taking = door.accept();
        }
    }

    @AfterEach
    void disconnect() throws IOException {
        giving.close();
        taking.close();
    }

    private Listener passed(Listener given) throws IOException {
        SocketHandover.send(giving, given);
        return SocketHandover.receive(taking, SocketHandover.ownsName(given));
    }

    private static Listener tcp() throws IOException {
        return Listener.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    }

    @Test
    void listensOnWhereTheFirstHasLeft() throws Exception {
        assertEquals(Optional.empty(), SocketHandover.obstacle());
        Listener first = tcp();
        Listener second = passed(first);
        assertEquals(first.address(), second.address());
        first.leave().join();
        assertFalse(first.isOpen());
        Listener third = passed(second); // known by its number by now
        second.leave().join();
        try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), third.port())) {
            assertTrue(caller.isConnected());
        }
        third.close();
        assertThrows(IOException.class, () -> new Socket(InetAddress.getLoopbackAddress(), third.port()));
    }

    /** The address is that of every interface either way. */
    @ParameterizedTest
    @EnumSource
    void knowsWhoseCallersASocketTakesThatItWasPassed(IpFamilies families) throws Exception {
        Listener first = Listener.open(new InetSocketAddress(0), 8, families);
        Listener second = passed(first);
        first.leave().join();
        assertEquals(families, second.families());
        for (IpFamilies wanted : IpFamilies.values()) {
            boolean enough = wanted == families || wanted == IpFamilies.BOTH;
            assertEquals(enough, second.isFor(new InetSocketAddress(second.port()), wanted), wanted::toString);
        }
        second.close();
    }

    @Test
    void takesSocketsThatShareAPortAllTogether() throws Exception {
        Listener first = Listener.openShared(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64, 3);
        Listener second = passed(first);
        first.leave().join();
        for (int i = 0; i < 20; i++) {
            new Socket(InetAddress.getLoopbackAddress(), second.port()).close();
        }
        second.close();
        assertThrows(IOException.class, () -> new Socket(InetAddress.getLoopbackAddress(), second.port()));
    }

    /** As systemd does, which keeps the sockets it passes. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closesWithoutShuttingDownWhatAnotherKeeps(boolean atOnce) throws Exception {
        Listener kept = tcp();
        Listener second = passed(kept);
        Vhost vhost = Vhost.builder("v").listen(second.address()).build();
        try (Context context = Context.builder()
                .poller("epoll")
                .role(new Taker())
                .listener(second)
                .vhost(vhost)
                .build()
                .start()) {
            assertTrue(context.awaitAccepting(Duration.ofSeconds(20)));
            if (atOnce) {
                second.close();
            }
        }
        assertFalse(second.isOpen());
        new Socket(InetAddress.getLoopbackAddress(), kept.port()).close();
        kept.close();
    }

    @Test
    void takesTheNameOfAUnixSocketWithIt() throws Exception {
        Path name = directory.resolve("front");
        SocketAddress address = UnixDomainSocketAddress.of(name);
        Listener first = Listener.open(address, 8);
        Listener second = passed(first);
        assertTrue(SocketHandover.ownsName(second));
        first.leave().join();
        SocketChannel.open(address).close();
        second.close();
        assertTrue(Files.notExists(name));
    }

    @Test
    void leavesTheNameThatSomebodyElseHasGiven() throws Exception {
        Path name = directory.resolve("front");
        ServerSocketChannel lent = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        lent.bind(UnixDomainSocketAddress.of(name));
        Listener second = passed(Listener.adopt(lent));
        assertFalse(SocketHandover.ownsName(second));
        second.close();
        assertTrue(Files.exists(name));
        lent.close();
    }

    @Test
    void leavesWhatIsSaidBeforeAndAfterwards() throws Exception {
        giving.write(ByteBuffer.wrap("a".getBytes(StandardCharsets.US_ASCII)));
        Listener first = tcp();
        SocketHandover.send(giving, first);
        giving.write(ByteBuffer.wrap("b".getBytes(StandardCharsets.US_ASCII)));
        ByteBuffer one = ByteBuffer.allocate(1);
        assertEquals(1, taking.read(one));
        assertEquals('a', one.get(0));
        Listener second = SocketHandover.receive(taking, false);
        assertEquals(first.port(), second.port());
        assertEquals(1, taking.read(one.clear()));
        assertEquals('b', one.get(0));
        first.close();
        second.close();
    }

    @Test
    void saysWhatCameInsteadOfSockets() throws Exception {
        giving.write(ByteBuffer.wrap("x".getBytes(StandardCharsets.US_ASCII)));
        assertThrows(IOException.class, () -> SocketHandover.receive(taking, false));
        giving.close();
        assertThrows(EOFException.class, () -> SocketHandover.receive(taking, false));
    }

    @Test
    void refusesWhatIsNoListeningSocket() throws Exception {
        EpollProvider epoll = new EpollProvider();
        giving.configureBlocking(false);
        int fd = epoll.descriptor(giving);
        giving.configureBlocking(true);
        epoll.sendDescriptors(giving, fd);
        assertThrows(IOException.class, () -> SocketHandover.receive(taking, false));
        assertThrows(IllegalArgumentException.class, () -> epoll.sendDescriptors(giving));
        assertThrows(IllegalArgumentException.class, () -> epoll.sendDescriptors(giving, new int[251]));
    }

    /** Takes whoever calls, who never does. */
    private static final class Taker implements Role {
        @Override
        public String name() {
            return "taker";
        }

        @Override
        public boolean canAccept(Vhost vhost) {
            return true;
        }
    }
}
