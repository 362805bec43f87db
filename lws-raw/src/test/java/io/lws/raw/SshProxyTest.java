package io.lws.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real ssh session through the proxy. */
class SshProxyTest {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private static void keygen(Path file) throws Exception {
        List<String> command = List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString());
        assertEquals(0, new ProcessBuilder(command).start().waitFor());
    }

    private static Process sshd(Path directory, int port) throws Exception {
        keygen(directory.resolve("host"));
        keygen(directory.resolve("user"));
        Files.copy(directory.resolve("user.pub"), directory.resolve("authorized"));
        Files.createDirectories(Path.of("/run/sshd"));
        Path log = directory.resolve("log");
        Process server = new ProcessBuilder(
                        SSHD.toString(),
                        "-D",
                        "-e",
                        "-f",
                        "/dev/null",
                        "-oListenAddress=127.0.0.1:" + port,
                        "-oHostKey=" + directory.resolve("host"),
                        "-oAuthorizedKeysFile=" + directory.resolve("authorized"),
                        "-oStrictModes=no",
                        "-oUsePAM=no",
                        "-oPidFile=none")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        for (boolean up = false; !up && server.isAlive(); ) {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
                up = true;
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
        return server;
    }

    @Test
    void carriesASession(@TempDir Path directory) throws Exception {
        assumeTrue(
                Files.isExecutable(SSHD) && "root".equals(System.getProperty("user.name")), "no sshd to be root for");
        int port = FreePort.next();
        Process server = sshd(directory, port);
        Vhost vhost = Vhost.builder("ssh")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .acceptRole(RawProxyRole.NAME)
                .option(RawProxy.to("ipv4:127.0.0.1:" + port))
                .build();
        try (Context context = Context.builder().vhost(vhost).build().start()) {
            assertEquals(1, context.listeners().size());
            List<String> command = new ArrayList<>(List.of("ssh", "-p", Integer.toString(vhost.port())));
            // what the user has configured, or keeps in an agent, is no part of this
            command.addAll(
                    List.of("-F", "/dev/null", "-oIdentitiesOnly=yes", "-oIdentityAgent=none", "-oBatchMode=yes"));
            command.addAll(List.of("-i", directory.resolve("user").toString()));
            command.addAll(List.of("-oStrictHostKeyChecking=no", "-oUserKnownHostsFile=/dev/null", "-oLogLevel=ERROR"));
            command.addAll(List.of("root@127.0.0.1", "head -c 3000000 /dev/zero | wc -c; head -c 3000000 /dev/zero"));
            Process ssh = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            byte[] said = ssh.getInputStream().readAllBytes();
            assertEquals("3000000\n", new String(said, 0, 8, java.nio.charset.StandardCharsets.US_ASCII));
            assertEquals(3_000_008, said.length);
            assertEquals(true, ssh.waitFor(30, TimeUnit.SECONDS));
        } finally {
            server.destroy();
        }
    }
}
