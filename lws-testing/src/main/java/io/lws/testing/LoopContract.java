package io.lws.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lws.CloseInfo;
import io.lws.ConnectionFilter;
import io.lws.Context;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.loop.Timer;
import io.lws.net.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * How a context behaves on real sockets, whatever waits for them and whoever drives its loop. The test of a poller or of
 * a foreign loop extends this and supplies {@link #start}.
 */
public abstract class LoopContract {
    private static final int WAIT_S = 30;
    private static final int MUCH_BYTES = 8 << 20;
    private static final int WAKES = 500;
    private static final int MANY = 5_000;

    private final StreamRole role = new StreamRole();
    private final Queue<SocketAddress> callers = new ConcurrentLinkedQueue<>();
    private volatile boolean admits = true;
    private Context context = Context.builder().build();
    private int port;
    private Set<Thread> threadsBefore = Set.of();

    /** For subclasses. */
    protected LoopContract() {}

    /** Builds the context and lets it run. */
    protected abstract Context start(Context.Builder builder) throws Exception;

    /**
     * Lets whatever drives the context go. The context is closed already and its threads have ended; here a foreign loop
     * is found to be as it was.
     */
    protected void stop() throws Exception {}

    @BeforeEach
    void open() throws Exception {
        context.close();
        threadsBefore = serviceThreads();
        Vhost vhost = Vhost.builder("loop")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .option(new ConnectionFilter(this::isAdmitted))
                .build();
        context = start(Context.builder().vhost(vhost).role(role));
        port = vhost.port();
    }

    private boolean isAdmitted(SocketAddress caller) {
        callers.add(caller);
        return admits;
    }

    @AfterEach
    void close() throws Exception {
        context.close();
        for (Thread each : serviceThreads()) {
            if (!threadsBefore.contains(each)) {
                each.join(WAIT_S * 1_000);
                assertFalse(each.isAlive(), each + " is left");
            }
        }
        stop();
    }

    /** Those that serve a loop, and those that wait on behalf of a foreign one. */
    private static Set<Thread> serviceThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("lws-(wait-)?\\d+"))
                .collect(Collectors.toSet());
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(WAIT_S * 1_000);
        return socket;
    }

    private static byte[] random(int bytes) {
        byte[] data = new byte[bytes];
        new Random(bytes).nextBytes(data);
        return data;
    }

    private Connection accepted() throws Exception {
        Connection connection = role.opened.poll(WAIT_S, TimeUnit.SECONDS);
        assertTrue(connection != null, "nothing was accepted");
        return connection;
    }

    private CloseInfo closed() throws Exception {
        CloseInfo info = role.closed.poll(WAIT_S, TimeUnit.SECONDS);
        assertTrue(info != null, "nothing has ended");
        return info;
    }

    private EventLoop loop() {
        return context.loops().get(0);
    }

    @Test
    void echoesOnOneConnectionAfterTheOther() throws Exception {
        for (int i = 1; i <= 20; i++) {
            try (Socket client = connect()) {
                byte[] sent = random(i * 100);
                client.getOutputStream().write(sent);
                assertArrayEquals(sent, client.getInputStream().readNBytes(sent.length));
            }
            closed();
        }
    }

    @Test
    void answersManyAtOnce() throws Exception {
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            clients.add(connect());
        }
        for (int round = 0; round < 5; round++) {
            for (Socket each : clients) {
                each.getOutputStream().write(round);
            }
            for (Socket each : clients) {
                assertEquals(round, each.getInputStream().read());
            }
        }
        for (Socket each : clients) {
            each.close();
        }
        for (int i = 0; i < clients.size(); i++) {
            closed();
        }
    }

    @Test
    void goesOnWritingAfterThePeersEnd() throws Exception {
        role.onPeerFin = connection -> connection.close(CloseInfo.peer(0, "fin"));
        byte[] sent = random(1 << 20);
        try (Socket client = connect()) {
            Thread sender = new Thread(() -> send(client, sent));
            sender.start();
            assertArrayEquals(sent, client.getInputStream().readAllBytes());
            sender.join();
        }
        assertEquals(CloseInfo.Initiator.PEER, closed().initiator());
    }

    /** Whatever accepts: a filter that is not asked would let everybody in. */
    @Test
    void turnsAwayWhomTheFilterDoesNotAdmit() throws Exception {
        admits = false;
        try (Socket client = connect()) {
            assertTrue(isEnded(client), "let in");
            assertEquals(client.getLocalSocketAddress(), callers.poll());
        }
        admits = true;
        try (Socket client = connect()) {
            echoOne(client);
        }
        closed();
        assertEquals(1, role.opened.size());
    }

    private static boolean isEnded(Socket client) throws IOException {
        try {
            return client.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private static void send(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
            client.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void endsItsOutputAndGoesOnReading() throws Exception {
        try (Socket client = connect()) {
            Connection connection = accepted();
            connection.execute(connection::endOutput);
            assertEquals(-1, client.getInputStream().read());
            role.echo = false;
            client.getOutputStream().write(new byte[1000]);
            while (role.received.get() < 1000) {
                Thread.onSpinWait();
            }
        }
        closed();
    }

    /** Cut off it is no end; brought to its end it is one, and loses nothing by it. */
    @Test
    void resetsWhatWouldLookWhole() throws Exception {
        byte[] whole = random(MUCH_BYTES);
        for (boolean cut : new boolean[] {true, false}) {
            try (Socket client = connect()) {
                Connection connection = accepted();
                onLoop(() -> {
                    connection.transport().resetUnlessEnded();
                    connection.write(whole, 0, cut ? 10 : whole.length);
                });
                InputStream in = client.getInputStream();
                if (cut) {
                    assertEquals(10, in.readNBytes(10).length);
                    onLoop(() -> connection.abort(CloseInfo.local(0, "cut")));
                    assertThrows(SocketException.class, in::read);
                } else {
                    onLoop(() -> connection.close(CloseInfo.local(0, "whole")));
                    assertArrayEquals(whole, in.readAllBytes());
                }
            }
            closed();
        }
    }

    @Test
    void tellsOfAReset() throws Exception {
        try (Socket client = connect()) {
            accepted();
            client.getOutputStream().write(1);
            assertEquals(1, client.getInputStream().read());
            client.setSoLinger(true, 0);
        }
        assertEquals(CloseInfo.Initiator.NETWORK, closed().initiator());
    }

    @Test
    void waitsForAReaderThatStalls() throws Exception {
        byte[] data = random(MUCH_BYTES);
        try (Socket client = connect()) {
            Connection connection = accepted();
            role.source = ByteBuffer.wrap(data);
            connection.execute(connection::requestWriteable);
            InputStream in = client.getInputStream();
            byte[] first = in.readNBytes(1000);
            while (!role.choked) {
                Thread.onSpinWait();
            }
            byte[] rest = in.readNBytes(data.length - 1000);
            byte[] all = java.util.Arrays.copyOf(first, data.length);
            System.arraycopy(rest, 0, all, 1000, rest.length);
            assertArrayEquals(data, all);
        }
        closed();
    }

    @Test
    void readsNothingWhilePaused() throws Exception {
        try (Socket client = connect()) {
            Connection connection = accepted();
            onLoop(connection::pauseRx);
            byte[] sent = random(100_000);
            client.getOutputStream().write(sent);
            for (int i = 0; i < 50; i++) {
                onLoop(() -> {});
            }
            assertEquals(0, role.received.get());
            connection.execute(connection::resumeRx);
            assertArrayEquals(sent, client.getInputStream().readNBytes(sent.length));
        }
        closed();
    }

    /** The end comes while nothing is read; it must not be lost. */
    @Test
    void hearsOfTheEndAfterAPause() throws Exception {
        try (Socket client = connect()) {
            Connection connection = accepted();
            onLoop(connection::pauseRx);
            client.getOutputStream().write(random(100_000));
            client.shutdownOutput();
            for (int i = 0; i < 50; i++) {
                onLoop(() -> {});
            }
            connection.execute(connection::resumeRx);
            assertEquals(100_000, client.getInputStream().readAllBytes().length);
        }
        closed();
    }

    private void onLoop(Runnable task) throws Exception {
        assertTrue(isTrueOnLoop(() -> {
            task.run();
            return true;
        }));
    }

    private boolean isTrueOnLoop(BooleanSupplier question) throws Exception {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        loop().execute(() -> answer.complete(question.getAsBoolean()));
        return answer.get(WAIT_S, TimeUnit.SECONDS);
    }

    @Test
    void firesTimersInOrder() throws Exception {
        List<Integer> fired = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(3);
        onLoop(() -> {
            for (int ms : new int[] {30, 1, 10}) {
                loop().schedule(
                                new Timer(nowNs -> {
                                    fired.add(ms);
                                    all.countDown();
                                }),
                                TimeUnit.MILLISECONDS.toNanos(ms));
            }
        });
        assertTrue(all.await(WAIT_S, TimeUnit.SECONDS));
        assertEquals(List.of(1, 10, 30), fired);
    }

    @Test
    void isWokenByOtherThreads() throws Exception {
        for (int i = 0; i < WAKES; i++) {
            onLoop(() -> {});
        }
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(4 * WAKES);
        for (int t = 0; t < 4; t++) {
            new Thread(() -> {
                        for (int i = 0; i < WAKES; i++) {
                            loop().execute(() -> {
                                ran.incrementAndGet();
                                done.countDown();
                            });
                        }
                    })
                    .start();
        }
        assertTrue(done.await(WAIT_S, TimeUnit.SECONDS));
        assertEquals(4 * WAKES, ran.get());
    }

    @Test
    void connectsToAListenerOfItsOwn() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        loop().execute(() -> OneShot.call(context.nets().get(0), port, "ping", answer));
        assertEquals("ping", answer.get(WAIT_S, TimeUnit.SECONDS));
    }

    /** Closing a listening socket resets those whom nobody has accepted; what the loop does next finds it closed. */
    @Test
    void letsInWhoHasCalledBeforeItStopsToListen() throws Exception {
        CountDownLatch called = stuckLoop();
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(connect());
        }
        context.retire();
        CompletableFuture<Boolean> refused = new CompletableFuture<>();
        loop().execute(() -> refused.complete(isRefused()));
        called.countDown();
        assertTrue(refused.get(WAIT_S, TimeUnit.SECONDS), "somebody can still call");
        for (Socket each : clients) {
            try (each) {
                echoOne(each);
            }
        }
        assertTrue(context.awaitClosed(Duration.ofSeconds(WAIT_S)));
    }

    /** Another answers its callers meanwhile, and afterwards. */
    @Test
    void losesItsListenersToAnotherWhileItIsStuck() throws Exception {
        CountDownLatch mayGoOn = stuckLoop();
        Vhost vhost = Vhost.builder("next")
                .listen(InetAddress.getLoopbackAddress(), port)
                .build();
        Context.Builder taker = Context.builder()
                .vhost(vhost)
                .role(role)
                .listener(context.listeners().get(0));
        try (Context next = taker.build().start()) {
            assertFalse(next.awaitAccepting(Duration.ofMillis(1)));
            next.overtake();
            assertTrue(next.awaitAccepting(Duration.ofSeconds(WAIT_S)));
            echoOnce();
            mayGoOn.countDown();
            for (int i = 0; i < 20; i++) {
                echoOnce();
                onLoop(() -> assertEquals(0, context.connections()));
            }
        }
    }

    private void echoOnce() throws IOException {
        try (Socket client = connect()) {
            echoOne(client);
        }
    }

    /** From here on the loop is in a task that does not return before what this answers is counted down. */
    private CountDownLatch stuckLoop() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        loop().execute(() -> {
            busy.countDown();
            awaitOnLoop(release);
        });
        assertTrue(busy.await(WAIT_S, TimeUnit.SECONDS));
        return release;
    }

    private static void awaitOnLoop(CountDownLatch latch) {
        try {
            assertTrue(latch.await(WAIT_S, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isRefused() {
        try (Socket late = connect()) {
            return !late.isConnected();
        } catch (ConnectException e) {
            return true;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void servesFiveHundredThatComeAndGo() throws Exception {
        churn(500);
    }

    @Test
    @EnabledIfSystemProperty(named = "lws.long", matches = "true")
    void servesFiveThousandAtOnce() throws Exception {
        churn(MANY);
    }

    /** What small pieces leave in is the poller's own affair, but none of it may be lost or overtaken. */
    @Test
    void echoesToAReaderThatStalls() throws Exception {
        byte[] data = random(MUCH_BYTES);
        try (Socket client = connect()) {
            Connection connection = accepted();
            Thread sender = new Thread(() -> sendInPieces(client, data));
            sender.start();
            while (!isTrueOnLoop(connection::isChoked)) {
                Thread.onSpinWait();
            }
            assertArrayEquals(data, client.getInputStream().readNBytes(data.length));
            sender.join();
        }
        closed();
    }

    private static void sendInPieces(Socket client, byte[] bytes) {
        try {
            Random sizes = new Random(1);
            int n;
            for (int at = 0; at < bytes.length; at += n) {
                n = Math.min(bytes.length - at, 1 + sizes.nextInt(3_000));
                client.getOutputStream().write(bytes, at, n);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Who waits to be accepted waits on, nobody else notices, and the loop does not spin. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void restsWhileNoDescriptorIsLeft() throws Exception {
        assumeTrue(DescriptorShortage.isPossible(), "this process may open too many files");
        DescriptorShortage.loadClassesBeside(
                Context.class, LoopContract.class, loop().poller().getClass());
        try (Socket early = connect()) {
            echoOne(early);
            accepted();
            Socket late;
            try (DescriptorShortage shortage = new DescriptorShortage()) {
                shortage.spareOne();
                late = connect();
                for (int i = 0; i < 50; i++) {
                    echoOne(early);
                }
                assertNull(role.opened.peek());
            }
            assertTrue(
                    ZoneId.getAvailableZoneIds().contains("UTC"),
                    "what was logged meanwhile has spoilt the time zones");
            try (late) {
                echoOne(late);
                accepted();
            }
        }
        closed();
        closed();
    }

    private static void echoOne(Socket client) throws IOException {
        client.getOutputStream().write(7);
        assertEquals(7, client.getInputStream().read());
    }

    private void churn(int count) throws Exception {
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(connect());
        }
        for (Socket each : clients) {
            OutputStream out = each.getOutputStream();
            out.write(7);
            assertEquals(7, each.getInputStream().read());
        }
        assertEquals(count, context.connections());
        for (Socket each : clients) {
            each.close();
        }
        for (int i = 0; i < count; i++) {
            closed();
        }
    }
}
