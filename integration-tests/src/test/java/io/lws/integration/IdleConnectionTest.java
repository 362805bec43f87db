package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lws.spi.PollerProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an idle WebSocket costs, with the JDK's channels and without; prints the figures of docs/performance.md. */
class IdleConnectionTest {
    private static final int MANY = 10_000;
    private static final int FEW = 500;
    private static final long MAX_BYTES = 600;

    @Test
    @Timeout(300)
    void holdsAtMostSixHundredBytesBesideTheJdksChannel() throws IOException {
        long bareBytes = bareBytes();
        long wsBytes = wsBytes("nio");
        System.out.printf(
                "idle connection: %d B, of which channel and key %d B, ours %d B%n",
                wsBytes, bareBytes, wsBytes - bareBytes);
        assertTrue(wsBytes - bareBytes <= MAX_BYTES, (wsBytes - bareBytes) + " B");
    }

    /** There the JDK has nothing for a connection. */
    @Test
    @Timeout(300)
    void holdsAtMostSixHundredBytesInAllOnEpoll() {
        assumeTrue(
                ServiceLoader.load(PollerProvider.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .anyMatch(each -> each.name().equals("epoll") && each.available()),
                "no epoll here");
        long wsBytes = wsBytes("epoll");
        System.out.printf("idle connection on epoll: %d B%n", wsBytes);
        assertTrue(wsBytes <= MAX_BYTES, wsBytes + " B");
    }

    /** Accepted channels, each registered with a selector that has looked at them, and nothing else. */
    private static long bareBytes() throws IOException {
        List<SocketChannel> accepted = new ArrayList<>(MANY + FEW);
        try (Selector selector = Selector.open();
                ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
            int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            try (Crowd crowd = new Crowd(port)) {
                // the crowd's connections wait in the backlog until they are accepted
                accept(crowd, FEW, listener, selector, accepted);
                HeapCensus before = HeapCensus.takeBesideAnother();
                for (int i = 0; i < MANY / 1000; i++) {
                    accept(crowd, 1000, listener, selector, accepted);
                }
                return HeapCensus.take().bytesForEach(before, MANY);
            } finally {
                for (SocketChannel each : accepted) {
                    each.close();
                }
            }
        }
    }

    private static void accept(
            Crowd crowd, int count, ServerSocketChannel listener, Selector selector, List<SocketChannel> accepted)
            throws IOException {
        crowd.run("connect " + count);
        for (int i = 0; i < count; i++) {
            SocketChannel channel = listener.accept();
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            accepted.add(channel);
        }
        selector.selectNow(); // until then it has not taken them in
    }

    /** Open WebSockets that have exchanged messages and now say nothing. */
    private static long wsBytes(String poller) {
        try (EchoServer server = new EchoServer(1, poller);
                Crowd few = new Crowd(server.port());
                Crowd many = new Crowd(server.port())) {
            open(few, FEW);
            server.forget();
            HeapCensus before = HeapCensus.takeBesideAnother();
            open(many, MANY);
            assertEquals(FEW + MANY, server.opened.get());
            server.forget();
            HeapCensus after = HeapCensus.take();
            System.out.print(after.growth(before, MANY));
            return after.bytesForEach(before, MANY);
        }
    }

    private static void open(Crowd crowd, int count) {
        crowd.run("open " + count);
        crowd.run("exchange 3");
    }
}
