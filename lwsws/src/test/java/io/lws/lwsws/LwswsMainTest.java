package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LwswsMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private ConfigurationDir dir;

    @BeforeEach
    void makePlugins() throws IOException {
        dir = new ConfigurationDir(directory);
        Files.createDirectories(directory.resolve("plugins"));
        PluginJar.put(directory.resolve("plugins"), "numbers");
    }

    private int run(String... args) {
        return LwswsMain.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
    }

    private int check(String... more) {
        String[] args = {
            "--check",
            "-d",
            "error",
            "-c",
            directory.toString(),
            "--plugin-dir",
            directory.resolve("plugins").toString()
        };
        String[] all = Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return run(all);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void checksAGoodConfigurationWithoutListening() {
        // nobody listens on port 1 without being root, and nobody on an address of somebody else's
        dir.file("conf", """
                {"vhosts": [{"name": "a", "port": 1, "interface": "192.0.2.1", "ws-protocols": [{"numbers": {}}]}]}
                """);
        assertEquals(0, check(), errors());
        assertEquals("ok " + directory + "\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void checksABadConfiguration() {
        dir.file("conf", "{\"vhosts\": [{\"name\": \"a\", \"prot\": 1}]}");
        assertEquals(1, check());
        assertEquals(
                "conf:1:13: vhosts[0]: has no port; -1 is for a vhost that does not listen\n"
                        + "conf:1:27: vhosts[0].prot: unknown key; the nearest known key is port\n",
                String.join("\n", dir.relative(errors().lines().toList())) + "\n");
    }

    @Test
    void checksWhatProtocolsSayOfTheirOptions() {
        dir.file(
                "conf",
                "{\"vhosts\": [{\"name\": \"a\", \"port\": 1, \"ws-protocols\": [{\"numbers\": {\"number\": \"x\"}}]}]}");
        assertEquals(1, check());
        assertTrue(errors().contains("\"x\" where a whole number is wanted"), errors());
    }

    @Test
    void namesAPluginDirectoryThatIsNotThere() {
        dir.file("conf", "{\"vhosts\": [{\"name\": \"a\", \"port\": 1}]}");
        assertEquals(1, check("--plugin-dir", directory.resolve("nowhere").toString()));
        assertTrue(errors().contains("nowhere"), errors());
    }

    @Test
    void refusesOptionsItDoesNotKnow() {
        assertEquals(2, run("--chekc"));
        assertTrue(errors().contains("--chekc"), errors());
    }

    @Test
    void refusesAnInterfaceThatIsNone() {
        assertEquals(2, run("--interface", "300.1.1.1"));
        assertTrue(errors().contains("300.1.1.1"), errors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "99999", "x"})
    void refusesAPortThatIsNone(String port) {
        assertEquals(2, check("--port", port));
        assertTrue(errors().contains(port), errors());
    }

    @Test
    void saysItsVersion() {
        assertEquals(0, run("--version"));
        assertTrue(
                out.toString(StandardCharsets.UTF_8).contains("on Java " + Runtime.version()),
                out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void namesACommandItDoesNotKnowWhereverItWouldAsk() {
        assertEquals(2, run("statsu"));
        assertTrue(errors().contains("the nearest is status"), errors());
    }

    /** What only opening finds is found by a check, and told with its place. */
    @Test
    void checksWhatMountsLeadTo() throws IOException {
        Path noZip = Files.writeString(directory.resolve("a.zip"), "no zip");
        dir.file("conf", """
                {"vhosts": [
                  {"name": "a", "port": 1},
                  {"name": "b", "port": 2, "mounts": [{"mountpoint": "/z", "origin": "gzip://ZIP"}]}]}
                """.replace("ZIP", noZip.toString()));
        assertEquals(1, check());
        assertTrue(errors().startsWith(directory + "/conf:3:3: vhosts[1]: vhost b: "), errors());
        assertTrue(errors().contains("a.zip is no zip file"), errors());
    }

    /** A protocol may want to know who can reach it. */
    @Test
    void checksProtocolsWithTheAddressTheyWillHave() throws IOException {
        PluginJar.provider("""
                package plugin;
                import io.lws.*;
                public class P implements io.lws.spi.ProtocolProvider {
                    public String protocolName() { return "shy"; }
                    public String description() { return "for this machine alone"; }
                    public int apiLevel() { return API_LEVEL; }
                    public ProtocolFactory factory() {
                        return (vhost, options) -> {
                            if (!String.valueOf(vhost.listenAddress()).equals("/127.0.0.1:1")) {
                                throw new IllegalArgumentException("not at " + vhost.listenAddress());
                            }
                            return (io.lws.http.HttpProtocol<Void>) http -> http.respond(200, "text/plain", "");
                        };
                    }
                }
                """).into(directory.resolve("plugins").resolve("shy.jar"));
        dir.file("conf", "{\"vhosts\": [{\"name\": \"a\", \"port\": 1, \"ws-protocols\": [{\"shy\": {}}]}]}");
        assertEquals(1, check());
        assertTrue(errors().contains("conf:1:13: vhosts[0]: vhost a, protocol shy: not at 0.0.0.0"), errors());
        assertEquals(0, check("--interface", "127.0.0.1"), errors());
    }

    @Test
    void servesUntilItIsTerminated() throws IOException, InterruptedException {
        dir.file("conf", """
                {"vhosts": [{"name": "a", "port": 1, "interface": "192.0.2.1",
                  "mounts": [{"mountpoint": "/n", "origin": "callback://numbers"}], "ws-protocols": [{"numbers": {}}]}]}
                """);
        Process server = new ProcessBuilder(serving(directory))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            String ready = lines.readLine();
            Matcher url = Pattern.compile("ready (http://localhost:\\d+) \\(vhost a, protocols numbers\\)")
                    .matcher(ready);
            assertTrue(url.matches(), ready);
            URI page = URI.create(url.group(1).replace("localhost", "127.0.0.1") + "/n");
            HttpRequest request = HttpRequest.newBuilder(page).build();
            assertEquals(
                    "number 0",
                    HttpClient.newHttpClient()
                            .send(request, BodyHandlers.ofString())
                            .body());
            server.destroy();
            assertTrue(server.waitFor(60, TimeUnit.SECONDS), "ends when it is told to");
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void rehearsesAndEnds() throws IOException, InterruptedException {
        dir.file("conf", """
                {"vhosts": [{"name": "a", "port": 1, "interface": "192.0.2.1",
                  "mounts": [{"mountpoint": "/", "origin": "callback://numbers"}], "ws-protocols": [{"numbers": {}}]}]}
                """);
        List<String> command = new ArrayList<>(serving(directory));
        command.add("--rehearse");
        Process server = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertTrue(server.waitFor(90, TimeUnit.SECONDS), "ends by itself");
            assertEquals(0, server.exitValue());
        } finally {
            server.destroyForcibly();
        }
    }

    private static List<String> serving(Path directory) {
        return LwswsCommand.of(List.of(), directory, "-p", "0", "--interface", "127.0.0.1");
    }

    /** As {@code nohup} starts it: the JVM hears of no signal that was ignored when it began. */
    @Test
    void saysThatItCannotBeToldToReloadByAnIgnoredSignal(@TempDir Path directory) throws Exception {
        Files.createDirectory(directory.resolve("plugins"));
        new ConfigurationDir(directory).file("conf", "{\"vhosts\": [{\"name\": \"a\", \"port\": 0}]}");
        List<String> command = new ArrayList<>(List.of("sh", "-c", "trap '' HUP; exec \"$@\"", "sh"));
        command.addAll(serving(directory));
        Process server = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var lines = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> said = new ArrayList<>();
            for (String line = lines.readLine(); line != null && !line.startsWith("ready"); line = lines.readLine()) {
                said.add(line);
            }
            assertTrue(said.toString().contains("SIGHUP is not heard: who started"), said::toString);
        } finally {
            server.destroyForcibly();
        }
    }

    /** A thread that a plugin forgot would keep the process, with nothing to serve, for as long as it runs. */
    @Test
    void endsThoughAPluginHasLeftAThread(@TempDir Path directory) throws Exception {
        PluginJar.provider("""
                package plugin;
                import io.lws.*;
                public class P implements io.lws.spi.ProtocolProvider {
                    public String protocolName() { return "left"; }
                    public String description() { return "leaves a thread"; }
                    public int apiLevel() { return API_LEVEL; }
                    public ProtocolFactory factory() {
                        return (vhost, options) -> {
                            new Thread(java.util.concurrent.locks.LockSupport::park, "forgotten").start();
                            return new io.lws.http.HttpProtocol<Void>() {
                                public void onRequest(io.lws.http.HttpTransaction<Void> http) { }
                            };
                        };
                    }
                }
                """)
                .into(Files.createDirectory(directory.resolve("plugins")).resolve("left.jar"));
        new ConfigurationDir(directory)
                .file("conf", "{\"vhosts\": [{\"name\": \"a\", \"port\": 0, \"ws-protocols\": [{\"left\": {}}]}]}");
        List<String> command = serving(directory);
        command.add("--dry-run");
        Process server = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            assertTrue(server.waitFor(40, TimeUnit.SECONDS), "it does not end");
            String said = new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(said.contains("[stop] thread forgotten still runs; not waiting for it"), said);
            assertEquals(0, server.exitValue(), said);
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void helps() {
        assertEquals(0, run("--help"));
        assertEquals(0, run("help"));
        String plain = out.toString(StandardCharsets.UTF_8).replaceAll("\u001b\\[[0-9;]*m", ""); // CLICOLOR_FORCE
        assertEquals(2, plain.split("--plugin-dir=DIR ", -1).length - 1);
    }
}
