package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.testing.AnyCertificate;
import io.lws.testing.Peer;
import io.lws.tls.DevelopmentCertificate;
import io.lws.tls.KeyMaterial;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The plugin protocol-lws-acme-client in lwsws, and Pebble, which asks lwsws on its own port for what proves the name. */
@Timeout(120)
class AcmeTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String NAME = "www.example.test";
    private static final String CONF = """
            {"vhosts": [
              {"name": "NAME", "port": "HTTP", "interface": "127.0.0.1",
               "mounts": [{"mountpoint": "/.well-known/acme-challenge", "origin": "callback://lws-acme-client"}],
               "ws-protocols": [{"lws-acme-client": {}}]},
              {"name": "NAME", "port": "TLS", "interface": "127.0.0.1", "ignore-missing-cert": "1",
               "host-ssl-cert": "acme/www.pem", "host-ssl-key": "acme/www.key",
               "mounts": [{"mountpoint": "/", "origin": "file://site"}],
               "ws-protocols": [{"lws-acme-client": {
                 "agree-to-terms-of-service": "1", "email": "me@example.test", "subject-alt-names": "example.test",
                 "directory-url": "https://localhost:ACME/dir", "trusted-ca": "DIR/ca.pem",
                 "auth-path": "DIR/acme/account.key", "cert-path": "DIR/acme/www.pem", "key-path": "DIR/acme/www.key"
               }}]}]}
            """;

    @TempDir
    private Path directory;

    private final List<Program> started = new ArrayList<>();
    private @Nullable Program pebble;
    private int httpPort;
    private int tlsPort;

    @BeforeEach
    void startPebble() throws IOException {
        Peer.PEBBLE.require();
        httpPort = Ports.free();
        tlsPort = Ports.free();
        int acme = Ports.free();
        int names = Ports.free();
        String own = DevelopmentCertificate.localhost().toPem();
        Files.writeString(directory.resolve("pebble.pem"), own);
        Files.writeString(directory.resolve("ca.pem"), own.substring(own.indexOf("-----BEGIN CERTIFICATE")));
        Files.createDirectories(directory.resolve("site"));
        Files.writeString(directory.resolve("site/index.html"), "hello");
        Files.writeString(
                directory.resolve("conf"),
                CONF.replace("NAME", NAME)
                        .replace("HTTP", "" + httpPort)
                        .replace("TLS", "" + tlsPort)
                        .replace("ACME", "" + acme)
                        .replace("DIR", directory.toString()));
        Files.writeString(directory.resolve("pebble.json"), """
                {"pebble": {"listenAddress": "127.0.0.1:ACME", "managementListenAddress": "127.0.0.1:ADMIN",
                  "certificate": "DIR/pebble.pem", "privateKey": "DIR/pebble.pem", "httpPort": HTTP, "tlsPort": TLS}}
                """.replace("ADMIN", "" + Ports.free())
                .replace("ACME", "" + acme)
                .replace("HTTP", "" + httpPort)
                .replace("TLS", "" + tlsPort)
                .replace("DIR", directory.toString()));
        // every name is this machine
        start("pebble-challtestsrv -defaultIPv4 127.0.0.1 -defaultIPv6 '' -dns01 127.0.0.1:" + names
                + " -http01 '' -https01 '' -tlsalpn01 '' -management 127.0.0.1:" + Ports.free());
        Program server = start("pebble -config " + directory.resolve("pebble.json") + " -dnsserver 127.0.0.1:" + names);
        server.awaitLine("ACME directory available");
        pebble = server;
    }

    @AfterEach
    void stop() {
        started.forEach(Program::close);
    }

    private Program start(String command) {
        Program program =
                Program.start(List.of("sh", "-c", "exec " + command), Map.of("PEBBLE_VA_NOSLEEP", "1"), directory);
        started.add(program);
        return program;
    }

    private Program lwsws() throws IOException {
        Path plugins = Files.createDirectories(directory.resolve("plugins"));
        Path built = Program.ROOT.resolve("plugins-standalone/protocol-lws-acme-client/target");
        try (Stream<Path> jars = Files.list(built)) {
            for (Path each :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.copy(each, plugins.resolve(each.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Program lwsws = Program.lwsws(directory, plugins, List.of());
        started.add(lwsws);
        lwsws.awaitLine("^ready https://localhost:" + tlsPort);
        return lwsws;
    }

    private SSLSocket call() throws IOException {
        SSLSocket socket = (SSLSocket)
                AnyCertificate.context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), tlsPort);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(NAME)));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private X509Certificate shown() {
        try (SSLSocket socket = call()) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String get(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write(("GET / HTTP/1.1\r\nHost: " + NAME + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (!answer.toString().endsWith("hello")) {
            int next = in.read();
            assertTrue(next >= 0, answer.toString());
            answer.append((char) next);
        }
        return answer.substring(0, answer.indexOf("\r\n"));
    }

    private static boolean isOfPebble(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().getName().contains("Pebble Intermediate CA");
    }

    private void awaitPebble(Program lwsws) {
        try {
            Await.until("a certificate of Pebble's is shown", SOON, () -> isOfPebble(shown()));
        } catch (AssertionError e) {
            started.forEach(each -> System.err.println(each.output()));
            throw e;
        }
    }

    private void assertTight(String name) throws IOException {
        Path file = directory.resolve("acme").resolve(name);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), name);
    }

    @Test
    void getsACertificateWhileConnectionsGoOn() throws Exception {
        Program authority = Objects.requireNonNull(pebble);
        authority.signal("STOP"); // until there is a connection that was made before
        Program lwsws = lwsws();
        try (SSLSocket before = call()) {
            assertFalse(isOfPebble((X509Certificate) before.getSession().getPeerCertificates()[0]));
            authority.signal("CONT");
            lwsws.awaitLine("a certificate for \\[www\\.example\\.test, example\\.test\\] until", SOON);
            awaitPebble(lwsws);
            assertEquals("HTTP/1.1 200 OK", get(before));
        }
        assertEquals(
                List.of("example.test", NAME),
                shown().getSubjectAlternativeNames().stream()
                        .map(each -> String.valueOf(each.get(1)))
                        .sorted()
                        .toList());
        for (String each : List.of("account.key", "www.key", "www.pem")) {
            assertTight(each);
        }
        KeyMaterial kept = KeyMaterial.files(directory.resolve("acme/www.pem"), directory.resolve("acme/www.key"));
        assertEquals(shown(), kept.leaf());
        assertTrue(kept.chain().size() > 1, "a chain has more than its leaf");
    }

    @Test
    void renewsOneThatIsAboutToEndAndLeavesAGoodOneAlone() throws Exception {
        Path acme = Files.createDirectories(directory.resolve("acme"));
        KeyMaterial ending =
                DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC, Duration.ofMinutes(20), List.of(NAME));
        Files.writeString(acme.resolve("www.pem"), ending.toPem());
        Files.writeString(acme.resolve("www.key"), ending.toPem());
        Program lwsws = lwsws();
        awaitPebble(lwsws);
        X509Certificate first = shown();
        String account = Files.readString(acme.resolve("account.key"));
        assertEquals(128 + 15, lwsws.end("TERM"), lwsws::output);
        Program again = lwsws();
        assertEquals(first, shown());
        again.signal("HUP");
        Await.until("generation 2 serves", SOON, () -> again.output().contains("generation 2 serves"));
        assertEquals(first, shown());
        assertEquals(account, Files.readString(acme.resolve("account.key")));
        assertEquals(128 + 15, again.end("TERM"), again::output);
        assertTrue(!again.output().contains("a certificate for"), again::output);
    }
}
