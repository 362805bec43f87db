package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTest {
    private static final String CONF = """
            {"global": {GLOBAL},
             "vhosts": [{"name": "a", "port": 0, "interface": "127.0.0.1",
              "mounts": [{"mountpoint": "/v", "origin": "callback://version"}],
              "ws-protocols": [{"echo": {}, "version": {"option": "OPTION"}}]} MORE]}
            """;

    private static final String SLOW = """
            package plugin;
            import io.lws.*;
            import java.util.concurrent.CountDownLatch;
            public class P implements io.lws.spi.ProtocolProvider {
                public String protocolName() { return "slow"; }
                public String description() { return "begins when it may"; }
                public int apiLevel() { return API_LEVEL; }
                public ProtocolFactory factory() { return Slow::new; }
                static class Slow implements io.lws.http.HttpProtocol<Void> {
                    Slow(Vhost vhost, ProtocolOptions options) {
                        ((CountDownLatch) System.getProperties().get("lws.test.begun")).countDown();
                        try {
                            ((CountDownLatch) System.getProperties().get("lws.test.mayEnd")).await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                    public void onRequest(io.lws.http.HttpTransaction<Void> http) { }
                }
            }
            """;

    private static final String STUCK = """
            package plugin;
            import io.lws.*;
            import java.util.concurrent.CountDownLatch;
            public class P implements io.lws.spi.ProtocolProvider {
                public String protocolName() { return "slow"; }
                public String description() { return "answers when it may"; }
                public int apiLevel() { return API_LEVEL; }
                public ProtocolFactory factory() {
                    return (vhost, options) -> (io.lws.http.HttpProtocol<Void>) P::answer;
                }
                private static void answer(io.lws.http.HttpTransaction<Void> http) {
                    ((CountDownLatch) System.getProperties().get("lws.test.begun")).countDown();
                    try {
                        ((CountDownLatch) System.getProperties().get("lws.test.mayEnd")).await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    http.respond(200, "text/plain", "done");
                }
            }
            """;

    private static final String ODD = """
            package plugin;
            import io.lws.*;
            public class P implements io.lws.spi.ProtocolProvider {
                public String protocolName() { return "odd"; }
                public String description() { return "never begins"; }
                public int apiLevel() { return API_LEVEL; }
                public ProtocolFactory factory() { return P::make; }
                private static Protocol<?> make(Vhost vhost, ProtocolOptions options) { WHAT; }
                @SuppressWarnings("unchecked")
                private static <T extends Throwable> T hidden(Throwable e) throws T { throw (T) e; }
            }
            """;

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private ConfigurationDir dir;
    private Path jar;
    private Server server;

    @BeforeEach
    void makeServer() throws IOException {
        dir = new ConfigurationDir(directory);
        jar = Files.createDirectories(directory.resolve("plugins")).resolve("echo.jar");
        EchoPlugin.version("one").into(jar);
        conf("x", "", "");
        server = server(ListenWords.NONE);
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.stop();
        server.awaitEnd();
    }

    private Server server(ListenWords words) {
        return new Server(
                new Generation.Sources(directory, directory.resolve("share"), List.of(jar.getParent()), words));
    }

    private void conf(String option, String global, String more) {
        dir.file(
                "conf", CONF.replace("OPTION", option).replace("GLOBAL", global).replace("MORE", more));
    }

    private int port() {
        List<Running> running = server.running();
        return running.get(running.size() - 1).context().vhosts().get(0).port();
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 6_000 && !condition.getAsBoolean(); i++) {
            Thread.onSpinWait();
            synchronized (condition) {
                condition.wait(10);
            }
        }
        assertTrue(condition.getAsBoolean(), what);
    }

    @Test
    void servesWhatItReadsAnewAtTheSamePlace() throws Exception {
        server.load();
        int port = port();
        WebSocketCaller old = new WebSocketCaller(client, port);
        assertEquals("one a", old.echo("a"));
        EchoPlugin.version("two").into(jar);
        conf("y", "", "");
        assertEquals(2, server.load().number());
        assertEquals(port, port());
        try (RequestCaller http = new RequestCaller(port)) {
            assertEquals("two y", http.get("/v"));
        }
        WebSocketCaller young = new WebSocketCaller(client, port);
        assertEquals("two b", young.echo("b"));
        assertEquals("one c", old.echo("c"));
        server.load();
        assertEquals(
                List.of(1, 2, 3), server.running().stream().map(Running::number).toList());
        old.close();
        await(
                "generation 1 ends with its last connection",
                () -> server.running().size() == 2);
        assertEquals("two d", young.echo("d"));
        young.close();
        await("generation 2 ends", () -> server.running().size() == 1);
    }

    @Test
    void letsClassesOfAnOldGenerationGo() throws Exception {
        WeakReference<ClassLoader> loader = loaderOf(server.load());
        WeakReference<Object> context =
                new WeakReference<>(server.running().get(0).context());
        WebSocketCaller caller = new WebSocketCaller(client, port());
        caller.echo("a");
        server.load();
        System.gc();
        assertEquals("one b", caller.echo("b"));
        caller.close();
        await("the old generation ends", () -> server.running().size() == 1);
        await("its classes are collected", () -> {
            System.gc();
            return loader.get() == null && context.get() == null;
        });
    }

    private static WeakReference<ClassLoader> loaderOf(Running running) {
        return new WeakReference<>(
                running.shown().plugins().get(0).providers().get(0).getClass().getClassLoader());
    }

    @Test
    void cutsAnOldGenerationOffInTime() throws Exception {
        conf("x", "\"drain-timeout\": 0", "");
        server.load();
        WebSocketCaller caller = new WebSocketCaller(client, port());
        caller.echo("a");
        server.load();
        await("the old generation is cut off", () -> server.running().size() == 1);
        await("with a word", () -> "closed 1001".equals(caller.end()));
    }

    @Test
    void listensWhereOnlyTheNewConfigurationSaysSo() throws Exception {
        // a place of its own, which nobody else is given once it has been left
        conf("x", "", ", {\"name\": \"b\", \"port\": 0, \"interface\": \"127.0.0.2\"}");
        server.load();
        int second = server.running().get(0).context().vhosts().get(1).port();
        conf("x", "", "");
        server.load();
        await("the old generation ends", () -> server.running().size() == 1);
        new ServerSocket(second, 1, InetAddress.getByName("127.0.0.2")).close();
    }

    @Test
    void changesThePlaceThatTheCommandLineSays() throws Exception {
        server.stop();
        server = server(new ListenWords(Optional.of(0), Optional.of(InetAddress.getLoopbackAddress())));
        dir.file("conf", "{\"vhosts\": [{\"name\": \"a\", \"port\": 7681}]}");
        server.load();
        int port = port();
        server.load();
        assertEquals(port, port());
    }

    /** Serves and serves on as {@code before}, whatever was refused. */
    private void assertUntouched(String before, WebSocketCaller caller) throws Exception {
        assertEquals(1, server.running().size());
        assertEquals(1, server.running().get(0).number());
        assertEquals("one z", caller.echo("z"));
        assertNull(caller.end());
        try (RequestCaller http = new RequestCaller(port())) {
            assertEquals(before, http.get("/v"));
        }
    }

    private List<String> refused() {
        Reloading.Outcome outcome = Reloading.of(server);
        assertEquals(false, outcome.isDone());
        return dir.relative(outcome.lines());
    }

    @Test
    void servesOnWhenAFileIsBroken() throws Exception {
        server.load();
        WebSocketCaller caller = new WebSocketCaller(client, port());
        dir.file("conf", "{\"vhosts\": [{\"name\": \"a\", \"prot\": 1}]}");
        assertEquals(
                List.of(
                        "conf:1:13: vhosts[0]: has no port; -1 is for a vhost that does not listen",
                        "conf:1:27: vhosts[0].prot: unknown key; the nearest known key is port"),
                refused());
        assertUntouched("one x", caller);
        caller.close();
    }

    @Test
    void servesOnWhenAPluginIsBroken() throws Exception {
        server.load();
        WebSocketCaller caller = new WebSocketCaller(client, port());
        Files.writeString(jar, "no jar");
        List<String> lines = refused();
        assertTrue(lines.toString().contains("no plugin provides this protocol"), lines.toString());
        assertTrue(lines.toString().contains("echo.jar: is not a jar"), lines.toString());
        assertUntouched("one x", caller);
        caller.close();
    }

    @Test
    void servesOnWhenAPluginRefusesToBegin() throws Exception {
        server.load();
        WebSocketCaller caller = new WebSocketCaller(client, port());
        PluginJar.put(jar.getParent(), "numbers");
        dir.file("conf", """
                {"vhosts": [{"name": "a", "port": 0, "interface": "127.0.0.1",
                  "ws-protocols": [{"numbers": {"number": "many"}}]}]}
                """);
        List<String> lines = refused();
        assertTrue(lines.toString().contains("\"many\" where a whole number is wanted"), lines.toString());
        assertUntouched("one x", caller);
        caller.close();
    }

    @Test
    void servesOnWhenAPortIsTaken() throws Exception {
        server.load();
        WebSocketCaller caller = new WebSocketCaller(client, port());
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            conf(
                    "y",
                    "",
                    ", {\"name\": \"b\", \"port\": PORT, \"interface\": \"127.0.0.1\"}"
                            .replace("PORT", "" + taken.getLocalPort()));
            List<String> lines = refused();
            assertTrue(lines.get(0).contains("127.0.0.1:" + taken.getLocalPort() + ": "), lines.toString());
            assertUntouched("one x", caller);
        }
        conf("y", "", ", {\"name\": \"b\", \"port\": PORT}".replace("PORT", "" + port()));
        List<String> lines = refused();
        assertTrue(lines.get(0).contains("this server listens on that port"), lines.toString());
        assertUntouched("one x", caller);
        caller.close();
    }

    /** A socket that takes both families cannot become one that does not, nor one that does not take both. */
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0"})
    void servesOnWhereOtherFamiliesAreWanted(int before, int after) throws Exception {
        String conf = "{\"vhosts\": [{\"name\": \"a\", \"port\": 0, \"noipv6\": NO}]}";
        dir.file("conf", conf.replace("NO", "" + before));
        server.load();
        int port = port();
        dir.file("conf", conf.replace("NO", "" + after));
        List<String> lines = refused();
        assertTrue(
                lines.get(0).contains("cannot listen on *:" + port)
                        && lines.get(0)
                                .contains("this server listens on that port as "
                                        + (before == 1 || !GenerationTest.hasIpv6()
                                                ? "0.0.0.0:"
                                                : "[0:0:0:0:0:0:0:0]:")),
                lines.toString());
        dir.file("conf", conf.replace("NO", "" + before));
        assertEquals(2, server.load().number());
        assertEquals(port, port());
    }

    @Test
    void loadsNothingOnceItStops() {
        server.load();
        server.stop();
        assertThrows(ConfigurationException.class, server::load);
    }

    /** Its end is heard after the next one has begun to serve, or before. */
    @Test
    void servesOnAfterReloadsThatFailOneAfterTheOther() throws Exception {
        server.load();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String second = ", {\"name\": \"b\", \"port\": PORT, \"interface\": \"127.0.0.1\"}"
                    .replace("PORT", "" + taken.getLocalPort());
            for (int i = 0; i < 10; i++) {
                conf("bad", "", second);
                assertThrows(ConfigurationException.class, server::load);
                conf("good", "", "");
                assertEquals(2 + i, server.load().number());
            }
        }
        await("only the last serves", () -> server.running().size() == 1);
        try (RequestCaller http = new RequestCaller(port())) {
            assertEquals("one good", http.get("/v"));
        }
    }

    @Test
    void stopsThoughAPluginNeverEndsItsBeginningAndSaysWhich() throws Exception {
        server.load();
        LoggedLines log = new LoggedLines("lwsws");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        System.getProperties().put("lws.test.begun", begun);
        System.getProperties().put("lws.test.mayEnd", mayEnd);
        try {
            PluginJar.provider(SLOW).into(jar.resolveSibling("slow.jar"));
            dir.file("conf", "{\"vhosts\": [{\"name\": \"a\", \"port\": 0, \"ws-protocols\": [{\"slow\": {}}]}]}");
            CompletableFuture<Reloading.Outcome> reload =
                    CompletableFuture.supplyAsync(() -> Reloading.of(server), task -> new Thread(task).start());
            begun.await();
            await(
                    "it is told of by name",
                    () -> log.contains("generation 2] is still being made: plugin slow.jar does"
                            + " not end its beginning, in plugin.P$Slow.<init> (P.java:"));
            server.stop();
            server.awaitEnd();
            mayEnd.countDown();
            assertEquals(List.of("the server is stopping"), reload.get().lines());
        } finally {
            log.close();
            mayEnd.countDown();
            System.getProperties().remove("lws.test.begun");
            System.getProperties().remove("lws.test.mayEnd");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return null | its factory makes nothing",
                "throw new IllegalStateException(\"no licence\") | no licence",
                "throw new IllegalStateException() | java.lang.IllegalStateException",
                "throw new AssertionError(\"bug\") | java.lang.AssertionError: bug",
                "throw new StackOverflowError() | java.lang.StackOverflowError",
                "throw new NoClassDefFoundError(\"a/B\") | java.lang.NoClassDefFoundError: a/B",
                "throw P.<RuntimeException>hidden(new Exception(\"x\")) | java.lang.Exception: x"
            })
    void servesOnWhateverAFactoryDoes(String what, String why) throws Exception {
        server.load();
        WebSocketCaller caller = new WebSocketCaller(client, port());
        PluginJar.provider(ODD.replace("WHAT", what)).into(jar.resolveSibling("odd.jar"));
        dir.file("conf", "{\"vhosts\": [{\"name\": \"a\", \"port\": 0, \"ws-protocols\": [{\"odd\": {}}]}]}");
        assertEquals(List.of("conf:1:13: vhosts[0]: vhost a, protocol odd: " + why), refused());
        assertUntouched("one x", caller);
        caller.close();
    }

    @Test
    void takesListenersFromACallbackThatDoesNotReturn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        System.getProperties().put("lws.test.begun", begun);
        System.getProperties().put("lws.test.mayEnd", mayEnd);
        try {
            PluginJar.provider(STUCK).into(jar.resolveSibling("slow.jar"));
            dir.file("conf", """
                    {"vhosts": [{"name": "a", "port": 0, "interface": "127.0.0.1", "ws-protocols": [{"slow": {}}]}]}
                    """);
            server.load();
            int port = port();
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
                try (RequestCaller http = new RequestCaller(port)) {
                    return http.get("/");
                } catch (Exception e) {
                    return e.toString();
                }
            });
            begun.await();
            conf("x", "", "");
            Reloading.Outcome outcome = Reloading.of(server);
            assertTrue(
                    outcome.text().startsWith("generation 2 serves\na callback in the generation before"),
                    outcome.text());
            try (RequestCaller http = new RequestCaller(port)) {
                assertEquals("one x", http.get("/v"));
            }
            mayEnd.countDown();
            assertEquals("done", answer.get());
            await("the generation before ends", () -> server.running().size() == 1);
            for (int i = 0; i < 100; i++) {
                try (RequestCaller http = new RequestCaller(port)) {
                    assertEquals("one x", http.get("/v"));
                }
            }
        } finally {
            mayEnd.countDown();
            System.getProperties().remove("lws.test.begun");
            System.getProperties().remove("lws.test.mayEnd");
        }
    }
}
