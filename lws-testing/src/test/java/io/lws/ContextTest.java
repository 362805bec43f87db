package io.lws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.lws.net.Listener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextTest extends EchoContexts {
    private static void elsewhere(Runnable step) {
        FutureTask<Void> task = new FutureTask<>(step, null);
        new Thread(task).start();
        try {
            task.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Nested
    class Building {
        @Test
        void namesTheAddressThatIsTaken() throws IOException {
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Vhost first = Vhost.builder("first")
                        .listen(InetAddress.getLoopbackAddress(), 0)
                        .build();
                Vhost second = vhost(taken.getLocalPort()).build();
                UncheckedIOException e = assertThrows(
                        UncheckedIOException.class,
                        () -> builder().vhost(first).vhost(second).build());
                assertTrue(e.getMessage().contains(":" + taken.getLocalPort()), e.getMessage());
                assertInstanceOf(BindException.class, e.getCause().getCause());
            }
        }

        @Test
        void leavesNothingOpenWhenItFails() throws IOException {
            int free;
            try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                free = probe.getLocalPort();
            }
            List<String> closed = new ArrayList<>();
            Vhost good = vhost(free)
                    .protocol("p", (vhost, options) -> closing(closed))
                    .build();
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Context.Builder failing = builder()
                        .vhost(good)
                        .vhost(vhost(taken.getLocalPort()).build())
                        .onClosed(() -> closed.add("context"));
                assertThrows(UncheckedIOException.class, failing::build);
            }
            assertEquals(List.of("protocol", "context"), closed);
            new ServerSocket(free, 1, InetAddress.getLoopbackAddress()).close();
        }

        private Protocol<Void> closing(List<String> closed) {
            return new Protocol<>() {
                @Override
                public void close() {
                    closed.add("protocol");
                }
            };
        }

        @Test
        void doesNotTakeAListenerOverWhenItFails() throws Exception {
            try (Context old = context(1).start();
                    ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                call(old, 1);
                Listener listener = old.listeners().get(0);
                Context.Builder failing = builder()
                        .listener(listener)
                        .vhost(vhost(listener.port()).build())
                        .vhost(vhost(taken.getLocalPort()).build());
                assertThrows(UncheckedIOException.class, failing::build);
                call(old, 3);
                assertEquals(List.of(listener), old.listeners());
                hangUp();
            }
        }

        @Test
        void refusesAListenerThatIsClosed() {
            Listener listener;
            try (Context old = context(1).start()) {
                listener = old.listeners().get(0);
            }
            Context.Builder failing =
                    builder().listener(listener).vhost(vhost(listener.port()).build());
            ListenException e = assertThrows(ListenException.class, failing::build);
            assertEquals("cannot listen on " + e.address() + ": the listener given for it is closed", e.getMessage());
            assertEquals(listener.address(), e.address());
        }

        @Test
        void leavesAVhostOfAnotherContextAlone() {
            List<String> closed = new ArrayList<>();
            Vhost vhost =
                    vhost(0).protocol("p", (owner, options) -> closing(closed)).build();
            try (Context first = leaks.watch(builder().vhost(vhost).build())) {
                IllegalStateException e = assertThrows(
                        IllegalStateException.class,
                        () -> builder().vhost(vhost).build());
                assertTrue(e.getMessage().contains("localhost"), e.getMessage());
                assertEquals(List.of(), closed);
                assertFalse(first.isClosed());
            }
            assertEquals(List.of("protocol"), closed);
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void namesVhostAndProtocolThatCannotBeBound(boolean linkage) {
            Vhost vhost = vhost(0).protocol("chat", (owner, options) -> {
                        if (linkage) {
                            throw new NoClassDefFoundError("missing/Type");
                        }
                        throw new IllegalArgumentException("option \"size\" is required");
                    })
                    .build();
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class, () -> builder().vhost(vhost).build());
            for (String part : new String[] {"localhost", "chat", linkage ? "missing/Type" : "size"}) {
                assertTrue(e.getMessage().contains(part), e.getMessage());
            }
        }

        @Test
        void namesTheVhostNoRoleCanServe() {
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class,
                    () -> Context.builder().vhost(vhost(0).build()).build());
            assertTrue(e.getMessage().contains("localhost"), e.getMessage());
            e = assertThrows(
                    IllegalArgumentException.class,
                    () -> builder()
                            .vhost(vhost(0).acceptRole("nonsense").build())
                            .build());
            assertTrue(e.getMessage().contains("nonsense"), e.getMessage());
        }

        @Test
        void refusesWhatCannotBe() {
            assertThrows(IllegalArgumentException.class, () -> builder().loops(0));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> builder().poller("none").build());
        }
    }

    @Nested
    class Serving {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void spreadsConnectionsOverLoops(int loops) throws IOException {
            try (Context context = context(loops).start()) {
                call(context, 80);
                assertEquals(80, context.connections());
                for (int i = 0; i < loops; i++) {
                    assertEquals(80 / loops, role.acceptedByLoop.get(i).get(), "loop " + i);
                    assertEquals(80 / loops, context.nets().get(i).load());
                }
                hangUp();
            }
            assertEquals(80, role.closed.size());
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 3})
        void leavesNothingOfConnectionsThatAreReset(int loops) throws Exception {
            try (Context context = context(loops).start()) {
                call(context, 300);
                CountDownLatch ends = role.ends(300);
                for (Caller each : callers) {
                    each.reset();
                }
                ends.await();
                callers.clear();
                call(context, 1);
                hangUp();
            }
            assertEquals(301, role.closed.size());
            assertEquals(
                    300,
                    role.closed.stream()
                            .filter(info -> info.initiator() == CloseInfo.Initiator.NETWORK)
                            .count());
        }

        @Test
        void pausesAtTheBoundAndGoesOnByItself() throws Exception {
            Limits limits = Limits.builder()
                    .maxConnections(3)
                    .acceptBackoff(Duration.ofHours(1))
                    .build();
            try (Context context = leaks.watch(
                    builder().limits(limits).vhost(vhost(0).build()).build().start())) {
                call(context, 3);
                Caller waiting = new Caller(port(context));
                FutureTask<Integer> echo = new FutureTask<>(() -> waiting.echo(7));
                new Thread(echo).start();
                callers.remove(0).close();
                assertEquals(7, echo.get());
                waiting.close();
                hangUp();
            }
            assertEquals(4, role.accepted());
        }

        @Test
        void goesOnAfterARoleThatCannotAccept() throws IOException {
            AtomicInteger calls = new AtomicInteger();
            io.lws.spi.Role failing = new io.lws.spi.Role() {
                @Override
                public String name() {
                    return "failing";
                }

                @Override
                public boolean canAccept(Vhost vhost) {
                    return true;
                }

                @Override
                public int priority() {
                    return 10;
                }

                @Override
                public io.lws.spi.RoleConnection accept(
                        io.lws.net.Connection connection, io.lws.net.VhostGroup vhosts) {
                    switch (calls.getAndIncrement()) {
                        case 0 -> throw new IllegalStateException("meant");
                        case 1 -> throw new NoClassDefFoundError("meant");
                        default -> {}
                    }
                    return role.accept(connection, vhosts);
                }
            };
            try (Context context = leaks.watch(
                    builder().role(failing).vhost(vhost(0).build()).build().start())) {
                for (int i = 0; i < 2; i++) {
                    try (Caller refused = new Caller(port(context))) {
                        refused.awaitEnd();
                    }
                }
                call(context, 1);
                hangUp();
            }
        }
    }

    @Nested
    class Closing {
        @Test
        void takesAnyGrace() throws InterruptedException {
            Context context = context(1).start();
            new Thread(() -> context.close(Duration.ofSeconds(Long.MAX_VALUE))).start();
            assertTrue(context.awaitClosed(Duration.ofSeconds(20)));
            assertTrue(context.awaitClosed(Duration.ofSeconds(Long.MAX_VALUE)));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void letsSessionsFinish(int loops) throws Exception {
            Context context = context(loops).start();
            Caller silent = new Caller(port(context));
            callers.add(silent);
            call(context, 10);
            FutureTask<Void> close = new FutureTask<>(() -> context.close(Duration.ofMinutes(1)), null);
            new Thread(close).start();
            // those that were answered are let go; the silent one still gets its answer
            for (int i = 1; i < callers.size(); i++) {
                callers.get(i).awaitEnd();
                callers.get(i).close();
            }
            assertFalse(close.isDone());
            assertEquals(9, silent.echo(9));
            silent.awaitEnd();
            silent.close();
            close.get();
            assertTrue(role.closed.stream().allMatch(info -> info.reason().equals("drained")));
            assertEquals(11, role.closed.size());
        }

        @Test
        void cutsWhatDoesNotFinishInTime() throws Exception {
            Context context = context(2).start();
            Caller first = new Caller(port(context));
            Caller second = new Caller(port(context));
            while (role.accepted() < 2) {
                Thread.onSpinWait();
            }
            context.close(Duration.ofMillis(1));
            first.awaitEnd();
            second.awaitEnd();
            first.close();
            second.close();
            assertEquals(
                    List.of("context closed", "context closed"),
                    role.closed.stream().map(CloseInfo::reason).toList());
        }

        @Test
        void refusesCallersFromThenOn() throws IOException {
            Context context = context(1).start();
            int port = port(context);
            context.close();
            assertThrows(ConnectException.class, () -> new Caller(port));
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        }

        @Test
        void isForAnyThreadAndAnyNumberOfTimes() throws Exception {
            for (int round = 0; round < 20; round++) {
                AtomicInteger ended = new AtomicInteger();
                Context context = leaks.watch(builder()
                        .loops(2)
                        .vhost(vhost(0).build())
                        .onClosed(ended::incrementAndGet)
                        .build()
                        .start());
                call(context, 2);
                hangUp();
                List<FutureTask<Void>> closers = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    FutureTask<Void> closer = new FutureTask<>(context::close, null);
                    closers.add(closer);
                    new Thread(closer).start();
                }
                for (FutureTask<Void> each : closers) {
                    each.get();
                }
                context.close();
                assertTrue(context.isClosed());
                assertEquals(1, ended.get());
            }
        }

        @Test
        void fromItsOwnLoopDoesNotWaitForItself() throws Exception {
            Context context = context(2).start();
            context.loops().get(1).execute(context::close);
            assertTrue(context.awaitClosed(Duration.ofMinutes(1)));
        }

        @Test
        void beforeTheStartEndsEverything() {
            AtomicInteger ended = new AtomicInteger();
            Context context = leaks.watch(builder()
                    .loops(3)
                    .vhost(vhost(0).build())
                    .onClosed(ended::incrementAndGet)
                    .build());
            context.close();
            context.close();
            assertEquals(1, ended.get());
            context.run();
            context.start();
            assertTrue(context.isClosed());
        }

        @Test
        void whileItStartsEndsEverything() throws Exception {
            for (int round = 0; round < 200; round++) {
                Context context = context(2);
                FutureTask<Void> close = new FutureTask<>(context::close, null);
                new Thread(close).start();
                if (round % 2 == 0) {
                    context.run();
                } else {
                    context.start();
                }
                close.get();
                assertTrue(context.isClosed());
            }
        }

        @Test
        void whileCallersPourInLosesNoDescriptorAndNoCount() throws Exception {
            long before = openDescriptors();
            for (int round = 0; round < 20; round++) {
                Context context = context(3).start();
                int port = port(context);
                CountDownLatch begun = new CountDownLatch(10);
                Thread caller = new Thread(() -> {
                    try {
                        while (true) {
                            Caller each = new Caller(port);
                            callers.add(each);
                            begun.countDown();
                        }
                    } catch (IOException e) {
                        // the listener is closed: what this waits for
                        return;
                    }
                });
                caller.start();
                begun.await();
                context.close(Duration.ZERO);
                caller.join();
                assertEquals(0, context.connections());
                assertEquals(role.accepted(), role.closed.size());
                for (Caller each : callers) {
                    each.awaitEnd();
                }
                hangUp();
            }
            long after = openDescriptors();
            assertTrue(after <= before + 10, "open descriptors went from " + before + " to " + after);
        }

        private static long openDescriptors() {
            return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? unix.getOpenFileDescriptorCount()
                    : 0;
        }

        @Test
        void endsThoughAnActionThrows() {
            AtomicInteger ended = new AtomicInteger();
            Context context = leaks.watch(builder()
                    .vhost(vhost(0).protocol("p", (owner, options) -> new Protocol<Void>() {
                                @Override
                                public void close() {
                                    throw new AssertionError("meant");
                                }
                            })
                            .build())
                    .onClosed(() -> {
                        throw new IllegalStateException("meant");
                    })
                    .onClosed(ended::incrementAndGet)
                    .build());
            context.start().close();
            assertEquals(1, ended.get());
        }

        @Test
        void forgetsItsShutdownHook() {
            Context context = context(1).closeOnShutdown(Duration.ZERO).start();
            context.close();
            assertTrue(context.isClosed());
        }
    }

    @Nested
    class Running {
        @Test
        void twiceIsRefused() {
            try (Context context = context(1).start()) {
                assertThrows(IllegalStateException.class, context::start);
                assertThrows(IllegalStateException.class, context::run);
            }
        }

        @Test
        void makesTheCallerTheServiceThread() {
            Context context = context(2);
            List<String> names = new ArrayList<>();
            context.loops().get(0).execute(() -> {
                names.add(Thread.currentThread().getName());
                context.close();
            });
            context.run();
            assertEquals(List.of(Thread.currentThread().getName()), names);
            assertTrue(context.isClosed());
        }

        @Test
        void byAForeignLoopServesAndCloses() throws Exception {
            Context context = context(1);
            FutureTask<Integer> echo = new FutureTask<>(() -> {
                try (Caller caller = new Caller(port(context))) {
                    int answer = caller.echo(5);
                    context.loops().get(0).execute(context::close);
                    caller.awaitEnd();
                    return answer;
                }
            });
            new Thread(echo).start();
            while (!context.isClosed()) {
                context.loops().get(0).serviceOnce(1_000_000_000);
            }
            assertEquals(5, echo.get());
        }

        @Test
        void endsInFullWhenALoopIsStoppedOrFails() throws Exception {
            Context context = context(2).start();
            call(context, 4);
            context.loops().get(0).poller().close();
            context.loops().get(0).wakeup();
            context.loops().get(0).execute(() -> {});
            assertTrue(context.awaitClosed(Duration.ofMinutes(1)));
            assertEquals(4, role.closed.size());
            for (Caller each : callers) {
                each.awaitEnd();
            }
            hangUp();
        }
    }

    @Test
    void handsAWildcardListenerOver() throws Exception {
        Vhost any = Vhost.builder("any").port(0).build();
        Context first = leaks.watch(builder().vhost(any).build().start());
        Listener listener = first.listeners().get(0);
        Vhost next = Vhost.builder("next").port(listener.port()).build();
        Context second =
                leaks.watch(builder().listener(listener).vhost(next).build().start());
        first.close();
        assertTrue(listener.isOpen());
        assertEquals(List.of(listener), second.listeners());
        assertEquals(new InetSocketAddress(0).getAddress().isAnyLocalAddress(), listener.port() > 0);
        try (Caller caller = new Caller(listener.port())) {
            assertEquals(3, caller.echo(3));
        }
        second.close();
        assertFalse(listener.isOpen());
        elsewhere(second::close);
    }
}
