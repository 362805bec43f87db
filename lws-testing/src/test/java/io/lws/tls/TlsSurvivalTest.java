package io.lws.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.net.Listener;
import io.lws.testing.LeakCheck;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections outlive the listener they came from, its moving to another context, and the certificate they were shown. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsSurvivalTest {
    private static final int CONNECTIONS = 200;
    private static final int CLIENT_THREADS = 4;

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final EchoRole echo = new EchoRole("echo");
    private final SSLContext clients = JdkClient.context();

    private Vhost vhost(SocketAddress address, KeyMaterial key, String provider) {
        TlsConfig config = TlsConfig.builder().key(key).provider(provider).build();
        return Vhost.builder("localhost").listen(address).tls(config).build();
    }

    private static KeyMaterial newKey() {
        return DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC);
    }

    private JdkClient connect(int port) throws IOException {
        return JdkClient.connect(clients, port, List.of(), null, List.of());
    }

    @ParameterizedTest
    @MethodSource("io.lws.tls.Providers#all")
    void keepsConnectionsThroughEverything(String provider) throws Exception {
        KeyMaterial first = newKey();
        Listener listener = Listener.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        Vhost before = vhost(listener.address(), first, provider);
        Context one = leaks.watch(Context.builder()
                        .role(echo)
                        .vhost(before)
                        .listener(listener)
                        .build())
                .start();
        List<JdkClient> open = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            open.add(connect(listener.port()));
        }
        WeakReference<TlsContext> shown = contextOf(before.tls());
        try (Echoing echoing = new Echoing(open)) {
            echoing.awaitRounds(1);
            for (int i = 0; i < 3; i++) {
                KeyMaterial next = newKey();
                before.updateCertificate(next);
                try (JdkClient fresh = connect(listener.port())) {
                    assertEquals(next.leaf(), fresh.certificate(), "replaced certificate " + i);
                    assertEquals("new", fresh.echo("new"));
                }
                echoing.awaitRounds(1);
            }
            KeyMaterial ofSecond = newKey();
            Vhost after = vhost(listener.address(), ofSecond, provider);
            Context two = leaks.watch(Context.builder()
                            .role(echo)
                            .vhost(after)
                            .listener(listener)
                            .build())
                    .start();
            awaitCertificate(listener.port(), ofSecond);
            echoing.awaitRounds(1);
            listener.close();
            echoing.awaitRounds(1);
            awaitContexts(before.tls(), 2); // the connections' and the current
            assertFalse(isCollected(shown), "the connections use it");
            echoing.stop();
            assertEquals(CONNECTIONS, echoing.alive());
            two.close();
        }
        for (JdkClient each : open) {
            each.close();
        }
        awaitContexts(before.tls(), 1);
        echo.accepted.clear(); // which the test alone remembers
        while (!isCollected(shown)) {
            Thread.onSpinWait();
        }
        one.close();
        assertEquals(0, before.tls().liveContexts());
    }

    /** The listener changes hands on the loops' own time. */
    private void awaitCertificate(int port, KeyMaterial wanted) throws IOException {
        KeyMaterial seen = null;
        while (seen == null) {
            try (JdkClient fresh = connect(port)) {
                assertEquals("new", fresh.echo("new"));
                seen = fresh.certificate().equals(wanted.leaf()) ? wanted : null;
            }
        }
    }

    private static WeakReference<TlsContext> contextOf(VhostTls tls) {
        TlsContext context = tls.acquire();
        context.release();
        return new WeakReference<>(context);
    }

    private static boolean isCollected(WeakReference<TlsContext> context) {
        System.gc();
        return context.get() == null;
    }

    private static void awaitContexts(VhostTls tls, int wanted) {
        while (tls.liveContexts() != wanted) {
            Thread.onSpinWait();
        }
    }

    /** Keeps all connections echoing, on a few threads, until told to stop. */
    private static final class Echoing implements AutoCloseable {
        private final ExecutorService threads = Executors.newFixedThreadPool(CLIENT_THREADS);
        private final List<Future<?>> work = new ArrayList<>();
        private final List<AtomicInteger> rounds = new ArrayList<>();
        private final AtomicInteger alive = new AtomicInteger();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final CountDownLatch stopped = new CountDownLatch(1);

        Echoing(List<JdkClient> clients) {
            int share = clients.size() / CLIENT_THREADS;
            for (int i = 0; i < CLIENT_THREADS; i++) {
                List<JdkClient> mine = clients.subList(i * share, (i + 1) * share);
                AtomicInteger counter = new AtomicInteger();
                rounds.add(counter);
                work.add(threads.submit(() -> run(mine, counter)));
            }
        }

        private void run(List<JdkClient> mine, AtomicInteger counter) {
            try {
                while (stopped.getCount() > 0) {
                    for (JdkClient each : mine) {
                        String text = "round " + counter.get();
                        assertEquals(text, each.echo(text));
                    }
                    counter.incrementAndGet();
                    tellProgress();
                }
                alive.addAndGet(mine.size());
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
                tellProgress();
            }
        }

        private synchronized void tellProgress() {
            notifyAll();
        }

        /** Until every connection has echoed at least {@code more} times from now. */
        synchronized void awaitRounds(int more) throws InterruptedException {
            List<Integer> goals =
                    rounds.stream().map(each -> each.get() + more + 1).toList();
            for (int i = 0; i < goals.size(); i++) {
                while (rounds.get(i).get() < goals.get(i) && failure.get() == null) {
                    wait();
                }
            }
            assertNull(failure.get());
        }

        void stop() throws Exception {
            stopped.countDown();
            for (Future<?> each : work) {
                each.get(30, TimeUnit.SECONDS);
            }
            assertNull(failure.get());
        }

        int alive() {
            return alive.get();
        }

        @Override
        public void close() throws InterruptedException {
            stopped.countDown();
            threads.shutdown();
            assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        }
    }
}
