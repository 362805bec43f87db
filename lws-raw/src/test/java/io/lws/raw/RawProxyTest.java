package io.lws.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.Vhost;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawProxyTest {
    private final ServerSocket onward = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Vhost vhost = Vhost.builder("proxy")
            .listen(InetAddress.getLoopbackAddress(), 0)
            .acceptRole(RawProxyRole.NAME)
            .option(RawProxy.to(onward.getLocalSocketAddress()))
            .build();
    private final Context context = Context.builder().vhost(vhost).build().start();

    RawProxyTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        context.close();
        onward.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), vhost.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    @Test
    void carriesBothWays() throws Exception {
        try (Socket client = connect();
                Socket server = onward.accept()) {
            client.getOutputStream().write(1);
            assertEquals(1, server.getInputStream().read());
            server.getOutputStream().write(2);
            assertEquals(2, client.getInputStream().read());
        }
    }

    @Test
    void keepsAHalfClose() throws Exception {
        try (Socket client = connect();
                Socket server = onward.accept()) {
            client.getOutputStream().write(1);
            client.shutdownOutput();
            assertEquals(1, server.getInputStream().read());
            assertEquals(-1, server.getInputStream().read());
            byte[] answer = new byte[200_000];
            new Random(1).nextBytes(answer);
            server.getOutputStream().write(answer);
            server.shutdownOutput();
            assertArrayEquals(answer, client.getInputStream().readAllBytes());
        }
    }

    @Test
    void passesAResetOn() throws Exception {
        try (Socket client = connect();
                Socket server = onward.accept()) {
            client.getOutputStream().write(1);
            assertEquals(1, server.getInputStream().read());
            server.setSoLinger(true, 0);
            server.close();
            assertThrows(SocketException.class, client.getInputStream()::read);
        }
    }

    @Test
    void endsTheCallerWhenNobodyIsThere() throws Exception {
        onward.close();
        try (Socket client = connect()) {
            assertThrows(IOException.class, () -> {
                if (client.getInputStream().read() < 0) {
                    throw new IOException("ended");
                }
            });
        }
    }

    @Test
    void stallsTheSenderOfAStalledReader() throws Exception {
        pour(64L << 20, 0);
    }

    @Test
    @EnabledIfSystemProperty(named = "lws.long", matches = "true")
    void carriesAGibibyte() throws Exception {
        pour(1L << 30, 0);
    }

    /** The reader waits until the sender can send no more, which must be long before the proxy holds all of it. */
    private void pour(long bytes, int seed) throws Exception {
        try (Socket client = connect();
                Socket server = onward.accept()) {
            server.setSoTimeout(30_000);
            AtomicLong sent = new AtomicLong();
            FutureTask<Void> sender = new FutureTask<>(() -> {
                send(client, bytes, seed, sent);
                return null;
            });
            new Thread(sender).start();
            long before;
            do {
                before = sent.get();
                CompletableFuture<Void> turns = new CompletableFuture<>();
                afterTurns(200, turns);
                turns.get(30, TimeUnit.SECONDS);
            } while (sent.get() != before || before == 0);
            assertTrue(sent.get() < 32L << 20, "taken in from a sender whose reader reads nothing: " + sent);
            receive(server.getInputStream(), bytes, seed);
            sender.get();
        }
    }

    /** The proxy has had its chance to take more. */
    private void afterTurns(int count, CompletableFuture<Void> done) {
        context.loops().get(0).execute(() -> {
            if (count == 0) {
                done.complete(null);
            } else {
                context.loops().get(0).serveNextTurn(() -> afterTurns(count - 1, done));
            }
        });
    }

    private static void send(Socket client, long bytes, int seed, AtomicLong sent) throws IOException {
        OutputStream out = client.getOutputStream();
        Random random = new Random(seed);
        byte[] piece = new byte[1 << 16];
        while (sent.get() < bytes) {
            random.nextBytes(piece);
            out.write(piece);
            sent.addAndGet(piece.length);
        }
        client.shutdownOutput();
    }

    private static void receive(InputStream in, long bytes, int seed) throws IOException {
        Random random = new Random(seed);
        byte[] expected = new byte[1 << 16];
        for (long at = 0; at < bytes; at += expected.length) {
            random.nextBytes(expected);
            assertArrayEquals(expected, in.readNBytes(expected.length));
        }
        assertEquals(-1, in.read());
    }

    @Test
    void readsWhereToInTheNotationOfLws() {
        assertEquals(
                new InetSocketAddress("127.0.0.1", 22),
                RawProxy.to("ipv4:127.0.0.1:22").onward());
        assertEquals(
                new InetSocketAddress("::1", 22), RawProxy.to("ipv6:[::1]:22").onward());
        assertEquals(
                new InetSocketAddress("127.0.0.1", 22),
                RawProxy.to("127.0.0.1:22").onward());
        assertEquals(
                UnixDomainSocketAddress.of("/run/x"), RawProxy.to("unix:/run/x").onward());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ipv4:", "ipv4:127.0.0.1", ":22", "ipv4:127.0.0.1:ssh", "127.0.0.1:70000"})
    void refusesWhatIsNoAddress(String onward) {
        assertThrows(IllegalArgumentException.class, () -> RawProxy.to(onward));
    }
}
