package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminSocketTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private ConfigurationDir dir;
    private Path path;
    private Server server;
    private AdminSocket socket;

    @BeforeEach
    void serve() throws IOException {
        dir = new ConfigurationDir(directory);
        path = directory.resolve("admin.sock");
        Files.createDirectories(directory.resolve("plugins"));
        PluginJar.put(directory.resolve("plugins"), "numbers");
        dir.file("conf", """
                {"vhosts": [{"name": "a", "port": 0, "interface": "127.0.0.1", "ws-protocols": [{"numbers": {}}]}]}
                """);
        server = new Server(new Generation.Sources(directory, directory, List.of(directory.resolve("plugins"))));
        server.load();
        socket = AdminSocket.open(path, server);
    }

    @AfterEach
    void stop() throws InterruptedException {
        socket.close();
        server.stop();
        server.awaitEnd();
        assertFalse(Files.exists(path));
    }

    private int run(String command) {
        return LwswsMain.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                "--admin-socket",
                path.toString(),
                command);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void reloads() {
        assertEquals(0, run("reload"));
        assertEquals("generation 2 serves\n", printed());
    }

    @Test
    void tellsWhoAskedWhatIsWrong() {
        dir.file("conf", "{\"vhosts\": [{\"name\": \"a\", \"port\": 0, \"prot\": 1}]}");
        assertEquals(1, run("reload"));
        assertEquals(
                List.of("conf:1:38: vhosts[0].prot: unknown key; the nearest known key is port"),
                dir.relative(err.toString(StandardCharsets.UTF_8).lines().toList()));
        assertEquals(1, server.running().get(0).number());
    }

    @Test
    void showsItsState() {
        assertEquals(0, run("status"));
        assertTrue(printed().contains("\"number\":1,\"state\":\"serving\""), printed());
        assertTrue(printed().contains("\"name\":\"a\",\"listens\":\"/127.0.0.1:"), printed());
        assertTrue(printed().contains("/numbers.jar\",\"protocols\":[\"numbers\"]"), printed());
    }

    @Test
    void showsFiguresAsOpenMetrics() {
        assertEquals(0, run("metrics"));
        assertTrue(printed().contains("\nlws_connections{context=\"generation-1\",loop=\"0\"} 0\n"), printed());
        assertTrue(printed().contains("\nlws_http_answers_total{code=\"2xx\"} 0\n"), printed());
        assertTrue(printed().contains("\nlws_http_answer_seconds_count 0\n"), printed());
        assertTrue(printed().contains("le=\"0.0001\""), printed());
        assertEquals(List.of(), OpenMetricsGrammar.errors(printed()), printed());
    }

    @Test
    void knowsNoOtherCommands() {
        assertEquals(2, run("relaod"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("the nearest is reload"));
    }

    @Test
    void isForTheOwnerAlone() throws IOException {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        try (var beside = Files.list(directory)) {
            assertFalse(beside.anyMatch(each -> each.getFileName().toString().startsWith(".lwsws")));
        }
    }

    @Test
    void reloadsForNothingButPost() throws IOException {
        AdminClient client = new AdminClient(path);
        assertEquals(405, client.ask("GET", "/reload").status());
        assertEquals(404, client.ask("GET", "/").status());
        assertEquals(1, server.running().get(0).number());
    }

    @Test
    void replacesWhatAProcessLeftBehindAndNothingElse() throws IOException {
        IOException refusal = assertThrows(IOException.class, () -> AdminSocket.open(path, server));
        assertTrue(refusal.getMessage().contains("another lwsws serves"), refusal.getMessage());
        socket.close();
        try (ServerSocketChannel gone = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            gone.bind(UnixDomainSocketAddress.of(path));
        }
        socket = AdminSocket.open(path, server);
        assertEquals(200, new AdminClient(path).ask("GET", "/status").status());
    }

    private String refused(Path place) {
        return String.valueOf(assertThrows(IOException.class, () -> AdminSocket.open(place, server))
                .getMessage());
    }

    @Test
    void leavesWhatIsNoSocketAsItIs() throws IOException {
        Path file = Files.writeString(directory.resolve("precious"), "text");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        for (Path each : List.of(file, link, directory.resolve("plugins"))) {
            assertTrue(refused(each).contains("is there already and no socket"), refused(each));
        }
        assertEquals("text", Files.readString(file));
        assertTrue(Files.isSymbolicLink(link));
    }

    /** It could be listened on in the directory it is made in, and nobody could ever ask there. */
    @Test
    void refusesAPlaceThatNobodyCanCallAt() {
        assertTrue(refused(directory.resolve("x".repeat(120))).contains("too long"));
        Path nowhere = directory.resolve("nowhere");
        assertTrue(refused(nowhere.resolve("s")).endsWith("there is no directory " + nowhere));
    }

    @Test
    void saysThatNobodyAnswers() {
        socket.close();
        assertEquals(1, run("status"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("no lwsws answers at " + path));
    }

    @Test
    void standsWhereTheSystemWantsIt() {
        assertEquals(
                Optional.of(Path.of("/run/x/admin.sock")),
                AdminSocket.usualPath(Map.of("RUNTIME_DIRECTORY", "/run/x:/run/y")));
        assertEquals(
                Optional.of(directory.resolve("lwsws.sock")),
                AdminSocket.usualPath(Map.of("XDG_RUNTIME_DIR", directory.toString())));
    }
}
