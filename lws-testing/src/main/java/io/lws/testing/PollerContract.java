package io.lws.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.loop.Interest;
import io.lws.loop.Pollable;
import io.lws.loop.Poller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every poller must do, on real sockets of the loopback. The test of a poller extends this and supplies {@link
 * #open}.
 */
public abstract class PollerContract {
    private static final int ENOUGH_POLLS = 1_000;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private Poller poller = new ManualPoller();
    private final SocketChannel near;
    private final SocketChannel far;

    /** Connects the two ends each row works with. */
    protected PollerContract() {
        try (ServerSocketChannel server = listen()) {
            near = SocketChannel.open(server.getLocalAddress());
            far = server.accept();
            near.configureBlocking(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A poller of the kind under test; the contract closes it. */
    protected abstract Poller open() throws IOException;

    @BeforeEach
    void openPoller() throws IOException {
        poller = open();
        opened.add(near);
        opened.add(far);
    }

    @AfterEach
    void closeAll() throws Exception {
        poller.close();
        poller.close();
        poller.wakeup();
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private static ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private Pollable target(String name) {
        return ready -> seen.add(name + " " + ready);
    }

    private Poller.Registration watch(SelectableChannel channel, int interest) throws IOException {
        return poller.register(channel, interest, target("near"));
    }

    private void send(int bytes) throws IOException {
        far.write(ByteBuffer.allocate(bytes));
    }

    /** Polls without waiting until something is reported: what was sent may be under way for a moment. */
    private void pollUntilSeen() throws IOException {
        while (seen.isEmpty()) {
            poller.poll(1_000_000);
        }
    }

    private void assertSilent() throws IOException {
        seen.clear();
        for (int i = 0; i < 10; i++) {
            assertEquals(0, poller.poll(0));
        }
        assertEquals(List.of(), seen);
    }

    private void assertSeen(String... expected) {
        assertEquals(List.of(expected), seen);
        seen.clear();
    }

    @Test
    void saysNothingWhenNothingIsReady() throws IOException {
        watch(near, Interest.READ);
        assertSilent();
        assertEquals(1, poller.size());
    }

    @Test
    void reportsReadableUntilItIsRead() throws IOException {
        watch(near, Interest.READ);
        send(10);
        pollUntilSeen();
        assertSeen("near " + Interest.READ);
        assertEquals(1, poller.poll(-1));
        assertSeen("near " + Interest.READ);
        near.read(ByteBuffer.allocate(100));
        assertSilent();
    }

    @Test
    void reportsWriteableWhileThereIsRoom() throws IOException {
        watch(near, Interest.WRITE);
        assertEquals(1, poller.poll(-1));
        assertSeen("near " + Interest.WRITE);
        fill();
        assertSilent();
        drain();
        pollUntilSeen();
        assertSeen("near " + Interest.WRITE);
    }

    private void fill() throws IOException {
        ByteBuffer much = ByteBuffer.allocate(1 << 16);
        int idle = 0;
        while (idle < ENOUGH_POLLS) {
            idle = near.write(much.clear()) == 0 ? idle + 1 : 0;
        }
    }

    private void drain() throws IOException {
        ByteBuffer much = ByteBuffer.allocate(1 << 16);
        far.configureBlocking(false);
        int idle = 0;
        while (idle < ENOUGH_POLLS) {
            idle = far.read(much.clear()) <= 0 ? idle + 1 : 0;
        }
    }

    @Test
    void reportsBothAtOnce() throws IOException {
        watch(near, Interest.READ);
        send(1);
        pollUntilSeen();
        seen.clear();
        poller.register(near, Interest.READ | Interest.WRITE, target("both"));
        assertEquals(1, poller.poll(-1));
        assertSeen("both " + (Interest.READ | Interest.WRITE));
    }

    @Test
    void followsInterest() throws IOException {
        Poller.Registration registration = watch(near, Interest.NONE);
        send(1);
        assertSilent();
        registration.interest(Interest.READ);
        assertEquals(Interest.READ, registration.interest());
        pollUntilSeen();
        registration.interest(Interest.NONE);
        assertSilent();
        registration.interest(Interest.READ);
        assertEquals(1, poller.poll(-1));
    }

    @Test
    void reportsThePeersEndAsReadable() throws IOException {
        watch(near, Interest.READ);
        far.shutdownOutput();
        pollUntilSeen();
        assertSeen("near " + Interest.READ);
        assertEquals(-1, near.read(ByteBuffer.allocate(1)));
    }

    @Test
    void reportsAResetAsReadable() throws IOException {
        watch(near, Interest.READ);
        far.setOption(StandardSocketOptions.SO_LINGER, 0);
        far.close();
        pollUntilSeen();
        assertSeen("near " + Interest.READ);
        assertThrows(IOException.class, () -> near.read(ByteBuffer.allocate(1)));
    }

    @Test
    void reportsWhoWantsToConnect() throws IOException {
        ServerSocketChannel server = listen();
        opened.add(server);
        server.configureBlocking(false);
        poller.register(server, Interest.ACCEPT, target("server"));
        assertSilent();
        opened.add(SocketChannel.open(server.getLocalAddress()));
        pollUntilSeen();
        assertSeen("server " + Interest.ACCEPT);
        opened.add(server.accept());
        assertSilent();
    }

    @Test
    void reportsThatAConnectionIsMade() throws IOException {
        ServerSocketChannel server = listen();
        opened.add(server);
        SocketChannel client = SocketChannel.open();
        opened.add(client);
        client.configureBlocking(false);
        if (!client.connect(server.getLocalAddress())) {
            poller.register(client, Interest.CONNECT, target("client"));
            pollUntilSeen();
            assertSeen("client " + Interest.CONNECT);
            assertTrue(client.finishConnect());
        }
    }

    @Test
    void forgetsWhatIsCancelled() throws IOException {
        Poller.Registration registration = watch(near, Interest.READ);
        send(1);
        pollUntilSeen();
        registration.cancel();
        registration.cancel();
        assertSilent();
        assertEquals(0, poller.size());
        registration.interest(Interest.READ);
        assertEquals(Interest.NONE, registration.interest());
        assertSilent();
    }

    @Test
    void takesBackAtOnceWhatWasCancelled() throws IOException {
        send(1);
        for (int i = 0; i < 3; i++) {
            Poller.Registration registration = watch(near, Interest.READ);
            seen.clear();
            pollUntilSeen();
            registration.cancel();
        }
        assertSilent();
        assertEquals(0, poller.size());
    }

    @Test
    void forgetsAChannelThatIsClosed() throws IOException {
        Poller.Registration registration = watch(near, Interest.READ);
        near.close();
        assertSilent();
        assertEquals(0, poller.size());
        registration.interest(Interest.READ);
        registration.cancel();
    }

    @Test
    void bearsAChannelClosedByAnotherTargetOfTheSamePoll() throws IOException {
        try (ServerSocketChannel server = listen();
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                SocketChannel second = server.accept()) {
            second.configureBlocking(false);
            int[] told = new int[1];
            poller.register(near, Interest.WRITE, closing(second, told));
            poller.register(second, Interest.WRITE, closing(near, told));
            poller.poll(-1);
            assertEquals(1, told[0], "who is closed is told nothing");
            assertTrue(client.isOpen());
        }
    }

    private static Pollable closing(SocketChannel other, int[] told) {
        return ready -> {
            told[0]++;
            try {
                other.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };
    }

    @Test
    void goesOnAfterATargetThatThrows() throws IOException {
        poller.register(near, Interest.WRITE, ready -> {
            seen.add("threw");
            throw new IllegalStateException("meant");
        });
        poller.poll(-1);
        poller.poll(-1);
        assertSeen("threw", "threw");
    }

    @Test
    void mayRegisterAndChangeInterestWhileItReports() throws IOException {
        far.configureBlocking(false);
        Poller.Registration[] registration = new Poller.Registration[1];
        registration[0] = poller.register(near, Interest.WRITE, ready -> {
            registration[0].interest(Interest.NONE);
            try {
                poller.register(far, Interest.WRITE, target("far"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        poller.poll(-1);
        pollUntilSeen();
        assertEquals("far " + Interest.WRITE, seen.get(0));
        assertEquals(2, poller.size());
    }

    @Test
    void returnsWhenTimeIsUp() throws IOException {
        watch(near, Interest.READ);
        for (long timeoutNs : new long[] {0, 1, 999_999, 1_000_000, 1_000_001}) {
            assertEquals(0, poller.poll(timeoutNs));
        }
    }

    @Test
    void returnsOnceForAWakeupBeforeIt() throws IOException {
        poller.wakeup();
        poller.wakeup();
        assertEquals(0, poller.poll(-1));
        poller.wakeup();
        assertEquals(0, poller.poll(Long.MAX_VALUE));
    }

    @Test
    void returnsForAWakeupFromAnotherThread() throws Exception {
        for (int i = 0; i < 100; i++) {
            CountDownLatch about = new CountDownLatch(1);
            Thread other = new Thread(() -> {
                try {
                    about.await();
                } catch (InterruptedException e) {
                    return;
                }
                poller.wakeup();
            });
            other.start();
            about.countDown();
            assertEquals(0, poller.poll(-1));
            other.join();
        }
    }

    @Test
    void bearsAChannelClosedByAnotherThread() throws Exception {
        for (int i = 0; i < 200; i++) {
            SocketChannel each = SocketChannel.open();
            try (ServerSocketChannel server = listen()) {
                each.connect(server.getLocalAddress());
                each.configureBlocking(false);
                Poller.Registration registration = poller.register(each, Interest.WRITE, target("each"));
                FutureTask<Void> close = new FutureTask<>(() -> {
                    each.close();
                    return null;
                });
                new Thread(close).start();
                while (!close.isDone()) {
                    poller.poll(0);
                    registration.interest(Interest.WRITE);
                }
                get(close);
            }
        }
        assertSilent();
        assertEquals(0, poller.size());
    }

    private static void get(FutureTask<Void> task) throws InterruptedException {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }
}
