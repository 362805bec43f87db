package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
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

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final List<WeakReference<Object>> loaders = new ArrayList<>();
    private ConfigurationDir dir;
    private Path jar;
    private volatile boolean over;

    @BeforeEach
    void makePlugin() throws IOException {
        dir = new ConfigurationDir(directory);
        jar = Files.createDirectories(directory.resolve("plugins")).resolve("echo.jar");
        EchoPlugin.version("one").into(jar);
        conf(0);
    }

    private void conf(int reload) {
        dir.file("conf", CONF.replace("OPTION", "o" + reload).replace("MOUNT", "m" + reload));
    }

    private static int port(Server server) {
        List<Running> running = server.running();
        return running.get(running.size() - 1).context().vhosts().get(0).port();
    }

    /** One request each 20 ms; every second caller takes a new connection for each. */
    private Thread caller(int port, boolean anew) {
        Thread thread = new Thread(() -> {
            try (RequestCaller http = new RequestCaller(port)) {
                for (long nextNs = System.nanoTime(); !over; nextNs += 20_000_000) {
                    String answer = anew ? http.getOnce("/v") : http.get("/v");
                    requests.incrementAndGet();
                    if (seen.add(answer) && !answer.matches("(one|two) o\\d+")) {
                        failures.add(answer);
                    }
                    LockSupport.parkNanos(nextNs + 20_000_000 - System.nanoTime());
                }
            } catch (IOException e) {
                failures.add("request " + requests + ": " + e);
            }
        });
        thread.start();
        return thread;
    }

    private void run(int sockets, int reloads) throws Exception {
        Server server = new Server(
                new Generation.Sources(directory, directory.resolve("share"), List.of(jar.getParent())),
                ListenWords.NONE);
        server.load();
        int port = port(server);
        PluginJar[] versions = {EchoPlugin.version("one"), EchoPlugin.version("two")};
        List<WebSocketCaller> callers = new ArrayList<>();
        for (int i = 0; i < sockets; i++) {
            callers.add(new WebSocketCaller(client, port));
        }
        List<Thread> requesting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            requesting.add(caller(port, i % 2 == 0));
        }
        for (int reload = 1; reload <= reloads; reload++) {
            versions[reload % 2].into(jar);
            conf(reload);
            loaders.add(new WeakReference<>(
                    server.load().shown().plugins().get(0).providers().get(0).getClass()));
            String version = reload % 2 == 0 ? "one" : "two";
            try (RequestCaller http = new RequestCaller(port)) {
                assertEquals(version + " o" + reload, http.get("/m" + reload));
            }
            WebSocketCaller young = new WebSocketCaller(client, port);
            assertEquals(version + " hello", young.echo("hello"));
            young.close();
            echoOnAll(callers, reload);
        }
        over = true;
        for (Thread each : requesting) {
            each.join();
        }
        assertEquals(List.of(), List.copyOf(failures));
        callers.forEach(each -> assertNull(each.end()));
        callers.forEach(WebSocketCaller::close);
        long endNs = System.nanoTime();
        await("old generations end", () -> server.running().size() == 1);
        long lastedNs = System.nanoTime() - endNs;
        assertEquals(reloads + 1, server.running().get(0).number());
        await("their classes are collected, but for those of the one that serves", () -> {
            System.gc();
            return loaders.stream().filter(each -> each.get() != null).count() == 1;
        });
        System.out.printf(
                "%d sockets, %d requests, %d reloads, %d answers told apart; old generations ended %d ms after their"
                        + " last socket; heap %d KiB%n",
                sockets,
                requests.get(),
                reloads,
                seen.size(),
                lastedNs / 1_000_000,
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 10);
        assertTrue(lastedNs < 10_000_000_000L);
        server.stop();
        server.awaitEnd();
    }

    private static void echoOnAll(List<WebSocketCaller> callers, int reload) throws InterruptedException {
        callers.forEach(each -> each.send("m" + reload));
        for (WebSocketCaller each : callers) {
            assertEquals("one m" + reload, each.received());
        }
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1_000 && !condition.getAsBoolean(); i++) {
            synchronized (condition) {
                condition.wait(10);
            }
        }
        assertTrue(condition.getAsBoolean(), what);
    }

    @Test
    void noticesNothingOfAFewReloads() throws Exception {
        run(40, 8);
    }

    @Test
    @EnabledIfSystemProperty(named = "lws.long", matches = "true")
    void noticesNothingOfManyReloads() throws Exception {
        run(500, 50);
    }
}
