package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Callers of every kind through many reloads, none of which notices. */
class ReloadUnderLoadTest {
    private static final String CONF = """
            {"global": {"count-threads": 2},
             "vhosts": [{"name": "a", "port": 0, "interface": "127.0.0.1", "keepalive_timeout": 30,
              "mounts": [{"mountpoint": "/v", "origin": "callback://version"},
                         {"mountpoint": "/MOUNT", "origin": "callback://version"}],
              "ws-protocols": [{"echo": {}, "version": {"option": "OPTION"}}]}]}
            """;

    private static final int CALLERS = 4;
    /** With that many callers: 200 requests a second. */
    private static final long PAUSE_NS = 20_000_000;
    /** So many generations drain at any time, besides the first. */
    private static final int MAX_VISITORS = 3;

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong slowestNs = new AtomicLong();
    private final Deque<Visitor> visitors = new ArrayDeque<>();
    private final List<WeakReference<Object>> loaders = new ArrayList<>();
    private ConfigurationDir dir;
    private Path jar;
    private List<PluginJar> versions = List.of();
    private long longestNs;
    private volatile boolean over;

    @BeforeEach
    void makePlugin() throws IOException {
        dir = new ConfigurationDir(directory);
        jar = Files.createDirectories(directory.resolve("plugins")).resolve("echo.jar");
        versions = List.of(EchoPlugin.version("one"), EchoPlugin.version("two"));
        versions.get(0).into(jar);
        conf(0);
    }

    private void conf(int reload) {
        dir.file("conf", CONF.replace("OPTION", "o" + reload).replace("MOUNT", "m" + reload));
    }

    private static int port(Server server) {
        List<Running> running = server.running();
        return running.get(running.size() - 1).context().vhosts().get(0).port();
    }

    /** One request each 20 ms, whatever was late caught up with; every second caller takes a new connection for each. */
    private Thread caller(int port, boolean anew) {
        Thread thread = new Thread(() -> {
            try (RequestCaller http = new RequestCaller(port)) {
                for (long nextNs = System.nanoTime(); !over; nextNs += PAUSE_NS) {
                    long askedNs = System.nanoTime();
                    String answer = anew ? http.getOnce("/v") : http.get("/v");
                    slowestNs.accumulateAndGet(System.nanoTime() - askedNs, Math::max);
                    requests.incrementAndGet();
                    if (seen.add(answer) && !answer.matches("(one|two) o\\d+")) {
                        failures.add(answer);
                    }
                    LockSupport.parkNanos(nextNs + PAUSE_NS - System.nanoTime());
                }
            } catch (IOException e) {
                failures.add("request " + requests + ": " + e);
            }
        });
        thread.start();
        return thread;
    }

    /**
     * What a run is made of.
     *
     * @param sockets stay where they are, in the first generation
     * @param reloads how often mounts, options and plugins change
     * @param requestsEach answered between one reload and the next
     * @param minRate requests a second
     * @param maxGone after which an old generation must be gone, counted from the end of its last connection
     */
    private record Load(int sockets, int reloads, int requestsEach, int minRate, Duration maxGone) {
        /** From here on as many generations drain as ever will. */
        int settled() {
            return Math.max(reloads / 4, MAX_VISITORS + 1);
        }
    }

    private void run(Load load) throws Exception {
        Server server =
                new Server(new Generation.Sources(directory, directory.resolve("share"), List.of(jar.getParent())));
        server.load();
        int port = port(server);
        List<WebSocketCaller> stayers = new ArrayList<>();
        for (int i = 0; i < load.sockets; i++) {
            stayers.add(new WebSocketCaller(client, port));
        }
        List<Thread> requesting = new ArrayList<>();
        long begunNs = System.nanoTime();
        for (int i = 0; i < CALLERS; i++) {
            requesting.add(caller(port, i % 2 == 0));
        }
        Footprint early = reload(load, server, stayers);
        Footprint late = Footprint.take();
        double seconds = (System.nanoTime() - begunNs) / 1e9;
        over = true;
        for (Thread each : requesting) {
            each.join();
        }
        assertEquals(List.of(), List.copyOf(failures));
        while (!visitors.isEmpty()) {
            visitors.remove().leave(server);
        }
        stayers.forEach(each -> assertNull(each.end()));
        stayers.subList(1, load.sockets).forEach(WebSocketCaller::close);
        new Visitor(1, stayers.get(0)).leave(server);
        assertEquals(load.reloads + 1, server.running().get(0).number());
        awaitCollection();
        judge(load, seconds, early, late);
        server.stop();
        server.awaitEnd();
    }

    private Footprint reload(Load load, Server server, List<WebSocketCaller> stayers) throws Exception {
        Footprint early = Footprint.NONE;
        for (int reload = 1; reload <= load.reloads; reload++) {
            versions.get(reload % 2).into(jar);
            conf(reload);
            Running next = server.load();
            loaders.add(new WeakReference<>(
                    next.shown().plugins().get(0).providers().get(0).getClass()));
            visit(next, (reload % 2 == 0 ? "one" : "two"), reload);
            if (visitors.size() > MAX_VISITORS) {
                visitors.remove().leave(server);
            }
            echoOnAll(stayers, reload);
            int enough = reload * load.requestsEach;
            await("requests go on", () -> requests.get() >= enough || !failures.isEmpty());
            early = reload == load.settled() ? Footprint.take() : early;
        }
        return early;
    }

    private void judge(Load load, double seconds, Footprint early, Footprint late) {
        long rate = Math.round(requests.get() / seconds);
        System.out.printf(
                "%d sockets, %d reloads, %d requests in %.1f s (%d/s, slowest %d ms), %d answers told apart;"
                        + " an old generation ended at most %d ms after its last socket; from reload %d to %d %s to %s%n",
                load.sockets,
                load.reloads,
                requests.get(),
                seconds,
                rate,
                slowestNs.get() / 1_000_000,
                seen.size(),
                longestNs / 1_000_000,
                load.settled(),
                load.reloads,
                early,
                late);
        assertTrue(rate >= load.minRate, rate + " requests a second");
        assertTrue(longestNs < load.maxGone.toNanos(), longestNs + " ns until an old generation ended");
        late.assertNoMoreThan(early);
    }

    /** Everybody who comes sees what is new, and nothing of what was before. */
    private void visit(Running next, String version, int reload) throws Exception {
        int port = next.context().vhosts().get(0).port();
        try (RequestCaller http = new RequestCaller(port)) {
            assertEquals(version + " o" + reload, http.get("/m" + reload));
            String before = http.get("/m" + (reload - 1));
            assertTrue(before.startsWith("HTTP/1.1 404 "), before);
        }
        WebSocketCaller young = new WebSocketCaller(client, port);
        assertEquals(version + " hello", young.echo("hello"));
        visitors.add(new Visitor(next.number(), young));
    }

    /** The last WebSocket of a generation that gives way to others. */
    private final class Visitor {
        private final int generation;
        private final WebSocketCaller ws;

        Visitor(int generation, WebSocketCaller ws) {
            this.generation = generation;
            this.ws = ws;
        }

        void leave(Server server) throws InterruptedException {
            assertNull(ws.end());
            long leftNs = System.nanoTime();
            ws.close();
            boolean newest = server.running().get(server.running().size() - 1).number() == generation;
            if (!newest) {
                await("generation " + generation + " ends with its last connection", () -> !serves(server));
                longestNs = Math.max(longestNs, System.nanoTime() - leftNs);
            }
        }

        private boolean serves(Server server) {
            return server.running().stream().anyMatch(each -> each.number() == generation);
        }
    }

    /** What the process holds once garbage has gone; threads of the server alone, for the clients' pools go up and down. */
    private record Footprint(long heapBytes, long bufferBytes, int threads) {
        static final Footprint NONE = new Footprint(0, 0, 0);
        private static final long MAX_GROWTH_BYTES = 4 << 20;
        /** Two generations more than before may be about to end. */
        private static final int MAX_MORE_THREADS = 4;

        private static final int MAX_COLLECTIONS = 20;
        private static final int SETTLING_MS = 50;

        /** Buffers are freed by a thread of the JVM's some time after the collection that has found them. */
        static Footprint take() throws InterruptedException {
            Footprint before = now();
            Footprint after = now();
            long heapBytes = Math.min(before.heapBytes, after.heapBytes); // more is what callers need meanwhile
            for (int i = 0; i < MAX_COLLECTIONS && after.bufferBytes < before.bufferBytes; i++) {
                before = after;
                after = now();
                heapBytes = Math.min(heapBytes, after.heapBytes);
            }
            return new Footprint(heapBytes, after.bufferBytes, after.threads);
        }

        private static Footprint now() throws InterruptedException {
            System.gc();
            synchronized (NONE) {
                NONE.wait(SETTLING_MS);
            }
            long buffers = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
            return new Footprint(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), buffers, (int)
                            Thread.getAllStackTraces().keySet().stream()
                                    .filter(each -> each.getName().startsWith("lws"))
                                    .count());
        }

        void assertNoMoreThan(Footprint early) {
            assertTrue(heapBytes - early.heapBytes < MAX_GROWTH_BYTES, early + " to " + this);
            assertTrue(bufferBytes - early.bufferBytes < MAX_GROWTH_BYTES, early + " to " + this);
            assertTrue(threads - early.threads <= MAX_MORE_THREADS, early + " to " + this);
        }

        @Override
        public String toString() {
            return "(heap " + (heapBytes >> 10) + " KiB, buffers " + (bufferBytes >> 10) + " KiB, " + threads
                    + " threads of the server)";
        }
    }

    private void awaitCollection() throws InterruptedException {
        await("classes of old generations are collected, but for those of the one that serves", () -> {
            System.gc();
            return loaders.stream().filter(each -> each.get() != null).count() == 1;
        });
    }

    private static void echoOnAll(List<WebSocketCaller> callers, int reload) throws InterruptedException {
        callers.forEach(each -> each.send("m" + reload));
        for (WebSocketCaller each : callers) {
            assertEquals("one m" + reload, each.received());
        }
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 6_000 && !condition.getAsBoolean(); i++) {
            synchronized (condition) {
                condition.wait(10);
            }
        }
        assertTrue(condition.getAsBoolean(), what);
    }

    @Test
    void noticesNothingOfAFewReloads() throws Exception {
        run(new Load(40, 8, 8, 1, Duration.ofSeconds(10)));
    }

    @Test
    @EnabledIfSystemProperty(named = "lws.long", matches = "true")
    void noticesNothingOfManyReloads() throws Exception {
        run(new Load(500, 50, 50, 190, Duration.ofSeconds(1)));
    }
}
