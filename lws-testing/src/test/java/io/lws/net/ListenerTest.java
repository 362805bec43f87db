package io.lws.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Caller;
import io.lws.Context;
import io.lws.EchoRole;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.spi.Role;
import io.lws.testing.LeakCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {
    private static final int CALLERS = 50;
    private static final int CALLS = 40;
    private static final int MOVES = 10;

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private static Listener listen() throws IOException {
        return Listener.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    }

    /** A context without listeners of its own, to be told by the test what to serve. */
    private Context context(int loops) {
        return leaks.watch(Context.builder().loops(loops).build().start());
    }

    private static final class TestServer implements Listener.Server {
        private final Context context;
        private final EchoRole role = new EchoRole();
        private final VhostGroup vhosts =
                new VhostGroup(List.of(Vhost.builder("test").build()));

        TestServer(Context context) {
            this.context = context;
        }

        @Override
        public List<EventLoop> acceptLoops() {
            return context.loops();
        }

        @Override
        public VhostGroup vhosts() {
            return vhosts;
        }

        @Override
        public Role role() {
            return role;
        }

        @Override
        public LoopNet place() {
            return context.nets().get(0);
        }

        @Override
        public long acceptBackoffNs() {
            return 1_000_000;
        }
    }

    /** Many callers at once, each calling again and again until it is over; every call must be answered. */
    private static List<FutureTask<Void>> pourIn(int port, AtomicInteger answered, AtomicBoolean over) {
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            FutureTask<Void> task = new FutureTask<>(() -> {
                for (int call = 0; call < CALLS || !over.get(); call++) {
                    try (Caller caller = new Caller(port)) {
                        assertEquals(call & 0x7f, caller.echo(call & 0x7f));
                        answered.incrementAndGet();
                    }
                }
                return null;
            });
            tasks.add(task);
            new Thread(task).start();
        }
        return tasks;
    }

    private static void await(List<FutureTask<Void>> tasks) throws Exception {
        for (FutureTask<Void> each : tasks) {
            each.get();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void movesFromContextToContextWithoutLosingACaller(int loops) throws Exception {
        EchoRole role = new EchoRole();
        Vhost first =
                Vhost.builder("v").listen(InetAddress.getLoopbackAddress(), 0).build();
        Context now = leaks.watch(
                Context.builder().loops(loops).role(role).vhost(first).build().start());
        Listener listener = now.listeners().get(0);
        AtomicInteger answered = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        List<FutureTask<Void>> callers = pourIn(listener.port(), answered, over);
        for (int moves = 0; moves < MOVES; moves++) {
            Vhost vhost = Vhost.builder("v").listen(listener.address()).build();
            Context next = leaks.watch(Context.builder()
                    .loops(loops)
                    .role(role)
                    .listener(listener)
                    .vhost(vhost)
                    .build()
                    .start());
            now.close(Duration.ofMinutes(1));
            assertTrue(now.listeners().isEmpty());
            now = next;
        }
        over.set(true);
        await(callers);
        assertTrue(answered.get() >= CALLERS * CALLS);
        assertEquals(answered.get(), role.accepted());
        now.close();
        assertFalse(listener.isOpen());
    }

    @Test
    void changesServersAsOftenAsItIsToldWithOneServingInTheEnd() throws Exception {
        try (Context a = context(1);
                Context b = context(1)) {
            Listener listener = listen();
            TestServer[] servers = {new TestServer(a), new TestServer(b)};
            AtomicInteger answered = new AtomicInteger();
            listener.serve(servers[0]).get();
            AtomicBoolean over = new AtomicBoolean();
            List<FutureTask<Void>> callers = pourIn(listener.port(), answered, over);
            for (int i = 0; i < 2_000; i++) {
                var unused = listener.serve(servers[i % 2]);
                if (i % 7 == 0) {
                    unused = listener.release(servers[i % 2]);
                }
            }
            listener.serve(servers[1]).get();
            over.set(true);
            await(callers);
            assertTrue(answered.get() >= CALLERS * CALLS);
            assertTrue(listener.isServedBy(servers[1]));
            // whoever does not serve watches nothing
            assertEquals(0, watched(a));
            assertEquals(1, watched(b));
            listener.close();
        }
    }

    /** Channels a context's first loop watches once its connections are gone. */
    private static int watched(Context context) throws Exception {
        EventLoop loop = context.loops().get(0);
        while (true) {
            FutureTask<Integer> size = new FutureTask<>(
                    () -> context.connections() > 0 ? -1 : loop.poller().size());
            // a cancelled key is let go by the next poll
            loop.execute(() -> loop.serveNextTurn(size::run));
            int found = size.get();
            if (found >= 0) {
                return found;
            }
        }
    }

    @Test
    void makesCallersWaitWhileNobodyServes() throws Exception {
        try (Context context = context(1)) {
            Listener listener = listen();
            TestServer server = new TestServer(context);
            listener.serve(server).get();
            listener.release(server).get();
            listener.release(server).get();
            assertFalse(listener.isServedBy(server));
            try (Caller caller = new Caller(listener.port())) {
                FutureTask<Integer> echo = new FutureTask<>(() -> caller.echo(4));
                new Thread(echo).start();
                listener.serve(server).get();
                assertEquals(4, echo.get());
            }
            listener.close();
        }
    }

    @Test
    void canBeServedAgainByTheSameServer() throws Exception {
        try (Context context = context(1)) {
            Listener listener = listen();
            TestServer server = new TestServer(context);
            for (int i = 0; i < 20; i++) {
                listener.serve(server).get();
                try (Caller caller = new Caller(listener.port())) {
                    assertEquals(i, caller.echo(i));
                }
            }
            listener.close();
        }
    }

    @Test
    void leavesAcceptedConnectionsAloneWhenItCloses() throws Exception {
        try (Context context = context(1)) {
            Listener listener = listen();
            TestServer server = new TestServer(context);
            listener.serve(server).get();
            try (Caller caller = new Caller(listener.port())) {
                assertEquals(1, caller.echo(1));
                listener.close();
                listener.close();
                assertFalse(listener.isOpen());
                assertEquals(2, caller.echo(2));
                assertThrows(
                        ExecutionException.class, () -> listener.serve(server).get());
            }
        }
    }

    @Test
    void closesOnlyForWhoServesIt() throws Exception {
        try (Context context = context(1)) {
            Listener listener = listen();
            TestServer before = new TestServer(context);
            TestServer after = new TestServer(context);
            listener.serve(before).get();
            listener.serve(after).get();
            listener.closeIfServedBy(before);
            assertTrue(listener.isOpen());
            listener.closeIfServedBy(after);
            assertFalse(listener.isOpen());
        }
    }

    @Test
    void leavesALoopThatHasEnded() throws Exception {
        Context gone = context(1);
        Listener listener = listen();
        TestServer before = new TestServer(gone);
        listener.serve(before).get();
        gone.close();
        try (Context context = context(1)) {
            TestServer after = new TestServer(context);
            listener.serve(after).get(1, TimeUnit.MINUTES);
            try (Caller caller = new Caller(listener.port())) {
                assertEquals(1, caller.echo(1));
            }
            listener.release(after).get();
            var tooLate = listener.serve(before);
            assertThrows(ExecutionException.class, () -> tooLate.get(1, TimeUnit.MINUTES));
            listener.release(before).get(1, TimeUnit.MINUTES);
        }
        listener.close();
    }

    @Test
    void namesTheAddressItCannotListenOn() throws IOException {
        Listener listener = listen();
        IOException e = assertThrows(IOException.class, () -> Listener.open(listener.address(), 1));
        assertTrue(e.getMessage().contains(":" + listener.port()), e.getMessage());
        listener.close();
    }

    @Test
    void listensOnAUnixSocketToo(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("socket");
        try (Context context = context(1)) {
            Listener listener = Listener.open(UnixDomainSocketAddress.of(path), 16);
            assertEquals(-1, listener.port());
            listener.serve(new TestServer(context)).get();
            try (SocketChannel caller = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                caller.write(ByteBuffer.wrap(new byte[] {42}));
                ByteBuffer answer = ByteBuffer.allocate(1);
                assertEquals(1, caller.read(answer));
                assertEquals(42, answer.get(0));
            }
            listener.close();
            assertFalse(Files.exists(path), "a socket nobody listens on any more is in the way of the next");
        }
    }

    @Test
    void namesAnAddressThatIsNone() {
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 0);
        IOException refused = assertThrows(IOException.class, () -> Listener.open(nowhere, 1));
        assertTrue(String.valueOf(refused.getMessage()).contains("nowhere.invalid"), refused.getMessage());
    }
}
