package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new process takes the listening sockets of one that serves, while callers of every kind go on. */
class TakeOverTest {
    private static final String CONF = """
            {"global": {"count-threads": 2},
             "vhosts": [{"name": "a", "port": 0, "interface": "127.0.0.1", "keepalive_timeout": 30,
              "mounts": [{"mountpoint": "/v", "origin": "callback://version"}],
              "ws-protocols": [{"echo": {}, "version": {"option": "OPTION"}}]},
              {"name": "b", "unix-socket": 1, "interface": "front.sock",
               "mounts": [{"mountpoint": "/", "origin": "file://site"}]} MORE]}
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int CALLERS = 4;
    private static final int SOCKETS = 10;
    private static final long PAUSE_NS = 5_000_000;

    @TempDir
    private Path directory;

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final List<Lwsws> started = new ArrayList<>();
    private ConfigurationDir dir;
    private volatile boolean over;

    @BeforeEach
    void makeSiteAndPlugin() throws IOException {
        dir = new ConfigurationDir(directory).file("site/index.html", "hello");
        EchoPlugin.version("one")
                .into(Files.createDirectories(directory.resolve("plugins")).resolve("echo.jar"));
        conf("o1", "");
    }

    @AfterEach
    void endAll() {
        over = true;
        started.forEach(each -> each.process.destroyForcibly());
    }

    private void conf(String option, String more) {
        dir.file("conf", CONF.replace("OPTION", option).replace("MORE", more));
    }

    /** Where the JDK could build lws-epoll, it is among what lwsws runs with. */
    private static boolean knowsDescriptors() {
        return PluginJar.classPath().contains("lws-epoll");
    }

    /** A process of its own; what it says is kept. */
    private final class Lwsws {
        final Process process;
        private final BufferedReader lines;
        private final List<String> said = new ArrayList<>();

        Lwsws(String... more) throws IOException {
            List<String> command = LwswsCommand.of(
                    List.of("-XX:+IgnoreUnrecognizedVMOptions", "--enable-native-access=ALL-UNNAMED"),
                    directory,
                    "--admin-socket",
                    adminSocket().toString(),
                    "--pid-file",
                    directory.resolve("pid").toString());
            command.addAll(List.of(more));
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            started.add(this);
        }

        String awaitLine(String regex) throws IOException {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                if (line.matches(regex)) {
                    return line;
                }
            }
            throw new AssertionError("no line like " + regex + ": " + said);
        }

        int port() throws IOException {
            return Integer.parseInt(awaitLine("ready http://.*").replaceAll(".*localhost:(\\d+) .*", "$1"));
        }

        int awaitExit() throws IOException, InterruptedException {
            String line = lines.readLine();
            while (line != null) {
                said.add(line);
                line = lines.readLine();
            }
            assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), said::toString);
            return process.exitValue();
        }
    }

    private Path adminSocket() {
        return directory.resolve("admin.sock");
    }

    /** Every second caller takes a new connection for each request. */
    private Thread caller(int port, boolean anew) {
        Thread thread = new Thread(() -> {
            try (RequestCaller http = new RequestCaller(port)) {
                while (!over) {
                    String answer = anew ? http.getOnce("/v") : http.get("/v");
                    requests.incrementAndGet();
                    if (seen.add(answer) && !answer.matches("one o\\d")) {
                        failures.add(answer);
                    }
                    LockSupport.parkNanos(PAUSE_NS);
                }
            } catch (IOException e) {
                failures.add("request " + requests + ": " + e);
            }
        });
        thread.start();
        return thread;
    }

    private void awaitRequests(int more) throws InterruptedException {
        int enough = requests.get() + more;
        for (int i = 0; i < 9_000 && requests.get() < enough && failures.isEmpty(); i++) {
            synchronized (seen) {
                seen.wait(10);
            }
        }
        assertEquals(List.of(), List.copyOf(failures));
        assertTrue(requests.get() >= enough);
    }

    private String overUnixSocket() throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(directory.resolve("front.sock")));
            channel.write(ByteBuffer.wrap("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(4096);
            while (answer.hasRemaining() && channel.read(answer) >= 0) {
                continue;
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
        }
    }

    private void assertAnswersAdmin(Lwsws lwsws) throws IOException {
        String status = new AdminClient(adminSocket()).ask("GET", "/status").text();
        assertTrue(status.contains("\"pid\":" + lwsws.process.pid()), status);
    }

    private static List<WebSocketCaller> sockets(int port) {
        HttpClient client = HttpClient.newHttpClient();
        List<WebSocketCaller> all = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            all.add(new WebSocketCaller(client, port));
        }
        return all;
    }

    private static void assertEcho(List<WebSocketCaller> sockets, String text) throws InterruptedException {
        for (WebSocketCaller each : sockets) {
            assertEquals("one " + text, each.echo(text));
            assertNull(each.end());
        }
    }

    /** Twice in a row: the first process listens with the JDK's channels, the second with descriptors. */
    @Test
    void servesOnInANewProcessThatNobodyNotices() throws Exception {
        assumeTrue(knowsDescriptors(), "Java 22 or newer passes sockets");
        Lwsws before = new Lwsws();
        int port = before.port();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(caller(port, i % 2 == 0));
        }
        for (int next = 2; next <= 3; next++) {
            List<WebSocketCaller> old = sockets(port);
            assertEcho(old, "before");
            awaitRequests(100);
            conf("o" + next, "");
            Lwsws after = new Lwsws("--take-over");
            assertEquals(port, after.port());
            awaitRequests(100);
            try (RequestCaller http = new RequestCaller(port)) {
                assertEquals("one o" + next, http.get("/v"));
            }
            assertTrue(overUnixSocket().endsWith("hello"));
            assertAnswersAdmin(after);
            assertEquals(after.process.pid() + "\n", Files.readString(directory.resolve("pid")));
            assertEcho(old, "after");
            assertTrue(before.process.isAlive());
            old.forEach(WebSocketCaller::close);
            assertEquals(0, before.awaitExit(), before.said::toString);
            assertAnswersAdmin(after);
            before = after;
        }
        over = true;
        for (Thread each : callers) {
            each.join();
        }
        assertEquals(List.of(), List.copyOf(failures));
        assertEquals(Set.of("one o1", "one o2", "one o3"), seen);
        System.out.println(requests + " requests and " + 2 * SOCKETS + " sockets through two processes that took over");
        before.process.toHandle().destroy(); // SIGTERM, without closing what it says
        assertEquals(128 + 15, before.awaitExit(), before.said::toString);
        assertTrue(Files.notExists(adminSocket()) && Files.notExists(directory.resolve("pid")));
        assertTrue(Files.notExists(directory.resolve("front.sock")), "the name went from hand to hand");
        try (var left = Files.list(directory)) {
            assertEquals(
                    List.of(),
                    left.filter(each -> each.toString().contains(".lwsws")).toList());
        }
    }

    /** Nothing but the kernel knows by then what the socket is for: its address is that of every interface either way. */
    @Test
    void saysThatASocketTakesIpv6AloneWhereBothAreWantedByThen() throws Exception {
        assumeTrue(knowsDescriptors(), "Java 22 or newer passes sockets");
        assumeTrue(GenerationTest.hasIpv6(), "needs IPv6");
        String six = "{\"vhosts\": [{\"name\": \"a\", \"port\": 0, \"ipv6only\": 1}]}";
        dir.file("conf", six);
        Lwsws before = new Lwsws();
        int port = before.port();
        Lwsws after = new Lwsws("--take-over");
        assertEquals(port, after.port());
        assertEquals(0, before.awaitExit(), before.said::toString);
        assertFalse(after.said.toString().contains("IPv6 alone"), after.said::toString);
        dir.file("conf", six.replace(", \"ipv6only\": 1", "").replace("0", "" + port));
        assertTrue(new AdminClient(adminSocket()).ask("POST", "/reload").isGood());
        after.awaitLine(
                ".*:" + port + ".*takes callers of IPv6 alone, as it was bound, where both families are wanted.*");
        new Socket("::1", port).close();
        assertThrows(ConnectException.class, () -> new Socket("127.0.0.1", port).close());
    }

    @Test
    void servesOnWhenTheNewProcessCannot() throws Exception {
        assumeTrue(knowsDescriptors(), "Java 22 or newer passes sockets");
        Lwsws before = new Lwsws();
        int port = before.port();
        List<WebSocketCaller> sockets = sockets(port);
        dir.file("conf", "{\"vhosts\": [{\"name\": \"a\", \"prot\": 1}]}");
        Lwsws broken = new Lwsws("--take-over");
        assertEquals(1, broken.awaitExit());
        assertTrue(
                broken.said.toString().contains("unknown key; the nearest known key is port"), broken.said::toString);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            conf(
                    "o2",
                    ", {\"name\": \"c\", \"port\": PORT, \"interface\": \"127.0.0.1\"}"
                            .replace("PORT", "" + taken.getLocalPort()));
            Lwsws late = new Lwsws("--take-over"); // which has the sockets by then
            assertEquals(1, late.awaitExit());
            assertTrue(late.said.toString().contains("127.0.0.1:" + taken.getLocalPort()), late.said::toString);
        }
        before.awaitLine(".*what served before serves on.*");
        assertEcho(sockets, "still");
        try (RequestCaller http = new RequestCaller(port)) {
            assertEquals("one o1", http.get("/v"));
        }
        assertTrue(overUnixSocket().endsWith("hello"));
        assertAnswersAdmin(before);
        // and it is as free as ever to change
        conf("o3", "");
        assertTrue(new AdminClient(adminSocket()).ask("POST", "/reload").isGood());
        try (RequestCaller http = new RequestCaller(port)) {
            assertEquals("one o3", http.get("/v"));
        }
        sockets.forEach(WebSocketCaller::close);
    }

    @Test
    void saysWhereNobodyIsToTakeOverFrom() throws Exception {
        assumeTrue(knowsDescriptors(), "Java 22 or newer passes sockets");
        Lwsws alone = new Lwsws("--take-over");
        assertEquals(1, alone.awaitExit());
        assertTrue(
                alone.said.toString().contains("--take-over: no lwsws answers at " + adminSocket()),
                alone.said::toString);
    }

    @Test
    void saysWhatItTakesWhereItCannotBeDone() throws Exception {
        assumeTrue(!knowsDescriptors(), "an older Java");
        Lwsws before = new Lwsws();
        int port = before.port();
        Lwsws after = new Lwsws("--take-over");
        assertEquals(1, after.awaitExit());
        assertTrue(
                after.said.toString().contains("passes no sockets between processes; it takes Java 22 or newer"),
                after.said::toString);
        AdminClient.Answer answer = new AdminClient(adminSocket()).ask("POST", "/handover");
        assertEquals(409, answer.status());
        try (RequestCaller http = new RequestCaller(port)) {
            assertEquals("one o1", http.get("/v"));
        }
    }
}
