package io.lws.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.loop.EventLoop;
import io.lws.loop.NioPoller;
import io.lws.testing.ManualClock;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real sockets of this machine, a clock that stands still, a resolver that says what the test wants. */
class ConnectorTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ManualClock clock = new ManualClock();
    private final List<String> outcomes = new ArrayList<>();
    private EventLoop loop;
    private NioPoller poller;
    private ServerSocketChannel server;

    private final Connector.Outcome recorder = new Connector.Outcome() {
        @Override
        public void onConnected(SocketChannel channel) {
            try (channel) {
                outcomes.add("connected " + channel.isConnected() + " " + !channel.isBlocking());
            } catch (IOException e) {
                outcomes.add(e.toString());
            }
        }

        @Override
        public void onFailed(IOException why) {
            outcomes.add("failed " + why.getMessage());
        }
    };

    @BeforeEach
    void open() throws IOException {
        poller = new NioPoller();
        loop = new EventLoop(0, poller, clock);
        loop.serviceOnce(0);
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws IOException {
        loop.serviceOnce(0);
        assertEquals(0, loop.armedTimers(), "timers left");
        assertEquals(0, poller.size(), "channels left");
        server.close();
        poller.close();
    }

    private int port() {
        return server.socket().getLocalPort();
    }

    /** Turns, each of which waits a little for the kernel, until something came out. */
    private String outcome() {
        for (int turns = 0; turns < 1000 && outcomes.isEmpty(); turns++) {
            loop.serviceOnce(10_000_000);
        }
        return String.join(", ", outcomes);
    }

    private static Resolver knowing(String... addresses) {
        return host -> {
            List<InetAddress> found = new ArrayList<>();
            try {
                for (String each : addresses) {
                    found.add(InetAddress.getByName(each));
                }
            } catch (UnknownHostException e) {
                return CompletableFuture.failedFuture(e);
            }
            return found.isEmpty()
                    ? CompletableFuture.failedFuture(new UnknownHostException(host))
                    : CompletableFuture.completedFuture(found);
        };
    }

    /** At once, and not when the time to connect is up: who waits may be a user whose URL is wrong. */
    @Test
    void saysAtOnceThatThereIsNoSuchPort() {
        Connector.connect(loop, knowing("127.0.0.1"), "somewhere", 70_000, TIMEOUT, recorder);
        assertEquals("failed no such port: 70000", outcome());
    }

    @Test
    void failsWhereTheResolverThrows() {
        Resolver broken = host -> {
            throw new IllegalStateException("on purpose");
        };
        Connector.connect(loop, broken, "somewhere", port(), TIMEOUT, recorder);
        assertEquals("failed looking up somewhere: java.lang.IllegalStateException: on purpose", outcome());
    }

    @Test
    void waitsForAsLongAsAClockCanSay() {
        Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
        Connector.connect(loop, knowing("127.0.0.1"), "somewhere", port(), forEver, recorder);
        assertEquals("connected true true", outcome());
    }

    @Test
    void connects() {
        Connector.connect(loop, knowing("127.0.0.1"), "somewhere", port(), TIMEOUT, recorder);
        assertEquals("connected true true", outcome());
    }

    @Test
    void goesOnToTheNextAddressWhenOneRefuses() {
        // nobody listens on the second loopback address
        Connector.connect(loop, knowing("127.0.0.2", "127.0.0.1"), "somewhere", port(), TIMEOUT, recorder);
        assertEquals("connected true true", outcome());
    }

    @Test
    void tellsWhatItTriedLast() {
        Connector.connect(loop, knowing("127.0.0.2"), "somewhere", port(), TIMEOUT, recorder);
        // in the words of the system, which speaks the user's language
        IOException refused = assertThrows(
                ConnectException.class, () -> SocketChannel.open(new InetSocketAddress("127.0.0.2", port())));
        assertEquals("failed /127.0.0.2:" + port() + ": " + refused.getMessage(), outcome());
    }

    @Test
    void tellsThatAHostIsUnknown() {
        Connector.connect(loop, knowing(), "nowhere", port(), TIMEOUT, recorder);
        assertEquals("failed nowhere", outcome());
    }

    @Test
    void tellsThatAHostHasNoAddress() {
        Resolver empty = host -> CompletableFuture.completedFuture(List.of());
        Connector.connect(loop, empty, "nowhere", port(), TIMEOUT, recorder);
        assertEquals("failed no address", outcome());
    }

    @Test
    void connectsToAUnixSocket(@TempDir Path directory) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (ServerSocketChannel unix =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address)) {
            assertTrue(unix.isOpen());
            Connector.connect(loop, address, TIMEOUT, recorder);
            assertEquals("connected true true", outcome());
        }
        outcomes.clear();
        Connector.connect(loop, UnixDomainSocketAddress.of(directory.resolve("none")), TIMEOUT, recorder);
        assertTrue(outcome().startsWith("failed "), outcome());
    }

    @Test
    void givesUpInTime() {
        CompletableFuture<List<InetAddress>> never = new CompletableFuture<>();
        Connector.connect(loop, host -> never, "slow", port(), TIMEOUT, recorder);
        clock.advance(TIMEOUT.minusNanos(1));
        loop.serviceOnce(0);
        assertEquals(List.of(), outcomes);
        clock.advance(Duration.ofNanos(1));
        loop.serviceOnce(0);
        assertEquals("failed connecting took too long", outcome());
        never.complete(List.of(InetAddress.getLoopbackAddress()));
        loop.serviceOnce(0);
        assertEquals(1, outcomes.size(), "too late");
    }

    @Test
    void saysNothingOnceCancelled() {
        Connector connector = Connector.connect(loop, knowing("127.0.0.1"), "somewhere", port(), TIMEOUT, recorder);
        loop.serviceOnce(0);
        connector.cancel();
        connector.cancel();
        clock.advance(TIMEOUT);
        for (int i = 0; i < 5; i++) {
            loop.serviceOnce(1_000_000);
        }
        assertEquals(List.of(), outcomes);
    }
}
