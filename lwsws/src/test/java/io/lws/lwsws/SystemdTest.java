package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What systemd gives a service and hears of it, with something else in its place. */
class SystemdTest {
    /** Listens, writes the port into the configuration, and starts what follows with the socket as standard input. */
    private static final String PARENT = """
            import socket, subprocess, sys
            s = socket.socket()
            s.bind(("127.0.0.1", 0))
            s.listen(64)
            conf = open(sys.argv[1]).read().replace("PORT", str(s.getsockname()[1]))
            open(sys.argv[1], "w").write(conf)
            client = socket.create_connection(s.getsockname())
            client.sendall(b"GET / HTTP/1.0\\r\\n\\r\\n")
            p = subprocess.Popen(sys.argv[2:], stdin=s, stdout=subprocess.PIPE)
            print(p.stdout.readline().decode().strip())
            answer = b""
            while True:
                piece = client.recv(4096)
                if not piece:
                    break
                answer += piece
            print(answer.split(b"\\r\\n")[0].decode())
            p.terminate()
            print(p.wait(), flush=True)
            """;

    /** As systemd: two sockets from descriptor 3 on, their ports in the configuration, and the program in this process. */
    private static final String SYSTEMD = """
            import os, signal, socket, sys
            signal.signal(signal.SIGHUP, signal.SIG_DFL) # a test that nohup has started has it ignored
            places = []
            for number in (3, 4):
                s = socket.socket()
                s.bind(("127.0.0.1", 0))
                s.listen(64)
                places.append(s)
            conf = open(sys.argv[1]).read()
            for s, name in zip(places, ("PORT", "SECOND")):
                conf = conf.replace(name, str(s.getsockname()[1]))
            open(sys.argv[1], "w").write(conf)
            kept = [os.dup(s.fileno()) for s in places]
            high = [os.dup2(fd, 50 + i) for i, fd in enumerate(kept)]
            for i, fd in enumerate(high):
                os.dup2(fd, 3 + i, inheritable=True)
            os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="2")
            os.execv(sys.argv[2], sys.argv[2:])
            """;

    /** Listens on every interface for both families, writes the port, and passes the socket as systemd does either way. */
    private static final String PASSING = """
            import os, signal, socket, sys
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            s = socket.socket(socket.AF_INET6)
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            s.bind(("::", 0))
            s.listen(64)
            conf = open(sys.argv[1]).read().replace("PORT", str(s.getsockname()[1]))
            open(sys.argv[1], "w").write(conf)
            high = os.dup2(s.fileno(), 50)
            os.dup2(high, int(sys.argv[2]), inheritable=True)
            if sys.argv[2] == "3":
                os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
            os.execv(sys.argv[3], sys.argv[3:])
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void makeSite() {
        new ConfigurationDir(directory).file("site/index.html", "hello").file("conf", """
                {"vhosts": [{"name": "a", "port": PORT, "interface": "127.0.0.1",
                  "mounts": [{"mountpoint": "/", "origin": "file://site"}]}]}
                """);
    }

    @Test
    void servesTheSocketThatIsItsStandardInput() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
        Process parent = new ProcessBuilder(
                        "/usr/bin/python3",
                        "-c",
                        PARENT,
                        directory.resolve("conf").toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        PluginJar.classPath(),
                        LwswsMain.class.getName(),
                        "-c",
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            String ready = lines.readLine();
            assertTrue(ready.startsWith("ready http://localhost:"), ready);
            assertEquals("HTTP/1.1 200 OK", lines.readLine());
            assertEquals("143", lines.readLine());
            assertTrue(parent.waitFor(60, TimeUnit.SECONDS));
        } finally {
            parent.destroyForcibly();
        }
    }

    /** Where the JDK could build lws-epoll, it is among what lwsws runs with. */
    private static boolean knowsDescriptors() {
        return PluginJar.classPath().contains("lws-epoll");
    }

    /** Behind what the JVM says of options that stand in its environment. */
    private static String firstOf(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        return line != null && line.startsWith("Picked up ") ? firstOf(lines) : line;
    }

    @Test
    void servesAllSocketsThatSystemdPassesOrSaysWhyNot() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
        new ConfigurationDir(directory).file("conf", """
                {"vhosts": [
                  {"name": "a", "port": PORT, "interface": "127.0.0.1",
                   "mounts": [{"mountpoint": "/", "origin": "file://site"}]},
                  {"name": "b", "port": SECOND, "interface": "127.0.0.1",
                   "mounts": [{"mountpoint": "/b", "origin": "file://site"}]}]}
                """);
        Process lwsws = new ProcessBuilder(
                        "/usr/bin/python3",
                        "-c",
                        SYSTEMD,
                        directory.resolve("conf").toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        PluginJar.classPath(),
                        LwswsMain.class.getName(),
                        "-c",
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try (var lines = new BufferedReader(new InputStreamReader(lwsws.getInputStream(), StandardCharsets.UTF_8))) {
            if (!knowsDescriptors()) {
                assertEquals(
                        "the sockets that were passed: 2 sockets were passed, but there is no poller that knows"
                                + " descriptors; lws-epoll has one",
                        firstOf(lines));
                assertEquals(1, lwsws.waitFor());
                return;
            }
            List<String> paths = List.of("/", "/b/");
            for (String each : paths) {
                String ready = lineLike("ready http://localhost:.*", lines);
                int port = Integer.parseInt(ready.replaceAll(".*localhost:(\\d+) .*", "$1"));
                try (RequestCaller http = new RequestCaller(port)) {
                    assertEquals("hello", http.get(each));
                }
            }
        } finally {
            lwsws.destroyForcibly();
        }
    }

    /** The socket takes callers whom the vhost does not want; nobody here can change that. */
    @ParameterizedTest
    @CsvSource({"0, noipv6", "3, noipv6", "3, ipv6only"})
    void refusesAPassedSocketThatTakesMoreThanItsVhostWants(int descriptor, String key) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
        assumeTrue(descriptor == 0 || knowsDescriptors(), "Java 22 or newer knows descriptors");
        assumeTrue(GenerationTest.hasIpv6(), "needs IPv6");
        Files.createDirectories(directory.resolve("plugins"));
        new ConfigurationDir(directory)
                .file(
                        "conf",
                        "{`vhosts`: [{`name`: `a`, `port`: PORT, KEY: 1}]}"
                                .replace("KEY", "`" + key + "`")
                                .replace('`', '"'));
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-c", PASSING));
        command.addAll(List.of(directory.resolve("conf").toString(), "" + descriptor));
        command.addAll(LwswsCommand.of(
                List.of("-XX:+IgnoreUnrecognizedVMOptions", "--enable-native-access=ALL-UNNAMED"), directory));
        Process lwsws = new ProcessBuilder(command).redirectErrorStream(true).start();
        String regex = ".*conf:1:35: vhosts\\[0\\]\\.port: cannot listen on \\*:(\\d+): Address already in use; this"
                + " server listens on that port as \\[0:0:0:0:0:0:0:0\\]:\\1; another interface for it, or another"
                + " family, takes a new start without that socket";
        try (var lines = new BufferedReader(new InputStreamReader(lwsws.getInputStream(), StandardCharsets.UTF_8))) {
            String said = lineLike("ready.*|" + regex, lines);
            assertTrue(said.matches(regex), said);
            assertEquals(1, lwsws.waitFor());
        } finally {
            lwsws.destroyForcibly();
        }
    }

    /** On a machine that has more to do there may be others before it. */
    private static String lineLike(String regex, BufferedReader lines) throws IOException {
        List<String> said = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            if (line.matches(regex)) {
                return line;
            }
        }
        throw new AssertionError("no line like " + regex + ": " + said);
    }

    @Test
    void tellsThatItIsReadyAndThatItsLoopsTurn() throws Exception {
        Path told = directory.resolve("told");
        Path program = directory.resolve("notify");
        Files.writeString(program, "#!/bin/sh\necho \"$1\" >>" + told + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(
                directory.resolve("conf"),
                Files.readString(directory.resolve("conf")).replace("PORT", "0"));
        Server server = new Server(new Generation.Sources(directory, directory, List.of()));
        server.load();
        Notifier notifier = Notifier.of(
                        Map.of("NOTIFY_SOCKET", "/run/x", "WATCHDOG_USEC", "200000"), program.toString())
                .orElseThrow();
        notifier.ready(server);
        awaitLine(told, "WATCHDOG=1");
        assertEquals("READY=1", Files.readAllLines(told).get(0));
        server.stop();
        server.awaitEnd();
        notifier.stopping();
        awaitLine(told, "STOPPING=1");
    }

    private static void awaitLine(Path file, String line) throws IOException, InterruptedException {
        Object never = new Object();
        for (int i = 0;
                i < 3_000 && !(Files.exists(file) && Files.readAllLines(file).contains(line));
                i++) {
            synchronized (never) {
                never.wait(20);
            }
        }
        assertTrue(Files.readAllLines(file).contains(line));
    }

    @Test
    void tellsNobodyWhereNobodyListens() {
        assertTrue(Notifier.of(Map.of(), "x").isEmpty());
    }
}
