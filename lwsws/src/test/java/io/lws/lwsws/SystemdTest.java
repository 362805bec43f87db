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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            assertTrue(parent.waitFor(20, TimeUnit.SECONDS));
        } finally {
            parent.destroyForcibly();
        }
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
        Server server = new Server(new Generation.Sources(directory, directory, List.of()), ListenWords.NONE);
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
                i < 1_000 && !(Files.exists(file) && Files.readAllLines(file).contains(line));
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
