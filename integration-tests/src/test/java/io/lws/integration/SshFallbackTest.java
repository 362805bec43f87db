package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One port, asked by curl and by ssh. */
class SshFallbackTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String USER = System.getProperty("user.name");

    @TempDir
    Path directory = Path.of(".");

    @Test
    void servesHttpsAndSshOnOnePort() throws IOException {
        Peer.CURL.require();
        Peer.OPENSSH_SERVER.require();
        int sshPort = Ports.free();
        try (Program sshd = sshd(sshPort);
                Program server = Program.example("raw/minimal-raw-proxy-fallback", "ipv4:127.0.0.1:" + sshPort)) {
            String port = server.awaitLine("^ready https://\\S+:(\\d+)").group(1);
            for (int i = 0; i < 2; i++) {
                String page = output(List.of("curl", "-sk", "https://127.0.0.1:" + port + "/"));
                assertTrue(page.contains("<h1>minimal-raw-proxy-fallback</h1>"), page);
                assertEquals("3000000", ssh(port, "head -c 3000000 /dev/zero | wc -c"));
            }
            assertTrue(sshd.isAlive());
        }
    }

    private static String output(List<String> command) {
        try (Program program = Program.start(command, Map.of(), null)) {
            assertEquals(0, program.awaitExit(PATIENCE), program.output());
            return program.output();
        }
    }

    private String ssh(String port, String command) {
        return output(List.of(
                "ssh",
                "-F/dev/null",
                "-oIdentitiesOnly=yes",
                "-p" + port,
                "-i" + directory.resolve("user"),
                "-oStrictHostKeyChecking=no",
                "-oUserKnownHostsFile=/dev/null",
                "-oLogLevel=ERROR",
                USER + "@127.0.0.1",
                command));
    }

    private Program sshd(int port) throws IOException {
        for (String key : List.of("host", "user")) {
            Path file = directory.resolve(key);
            output(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString()));
        }
        Files.copy(directory.resolve("user.pub"), directory.resolve("authorized"));
        if (USER.equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        Program server = Program.start(
                List.of(
                        "/usr/sbin/sshd",
                        "-D",
                        "-e",
                        "-f/dev/null",
                        "-oListenAddress=127.0.0.1:" + port,
                        "-oHostKey=" + directory.resolve("host"),
                        "-oAuthorizedKeysFile=" + directory.resolve("authorized"),
                        "-oStrictModes=no",
                        "-oUsePAM=no",
                        "-oPidFile=none"),
                Map.of(),
                null);
        server.awaitLine("listening on");
        return server;
    }
}
