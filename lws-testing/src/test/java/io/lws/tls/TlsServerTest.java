package io.lws.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.net.Connection;
import io.lws.net.VhostGroup;
import io.lws.spi.Role;
import io.lws.spi.RoleConnection;
import io.lws.testing.LeakCheck;
import io.lws.testing.RecordingRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A TLS server before clients of the platform, with each provider. */
class TlsServerTest {
    private static final KeyMaterial EC = DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC);
    private static final KeyMaterial RSA = DevelopmentCertificate.make(DevelopmentCertificate.Kind.RSA);

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final EchoRole echo = new EchoRole("echo");
    private final List<Context> contexts = new ArrayList<>();

    @AfterEach
    void close() {
        contexts.forEach(Context::close);
    }

    private Context serve(Context.Builder builder) {
        Context context = leaks.watch(builder.role(echo).build());
        contexts.add(context);
        return context.start();
    }

    private int serve(TlsConfig config) {
        Vhost vhost = Vhost.builder("localhost").port(0).tls(config).build();
        serve(Context.builder().vhost(vhost));
        return vhost.port();
    }

    static Stream<Arguments> handshakes() {
        return Providers.all().stream()
                .flatMap(provider -> Stream.of("TLSv1.3", "TLSv1.2")
                        .flatMap(protocol -> Stream.of("EC", "RSA")
                                .flatMap(key -> Stream.of(TlsTasks.values())
                                        .map(tasks -> Arguments.of(provider, protocol, key, tasks)))));
    }

    @ParameterizedTest
    @MethodSource("handshakes")
    void echoes(String provider, String protocol, String key, TlsTasks tasks) throws IOException {
        int port = serve(TlsConfig.builder()
                .key(key.equals("EC") ? EC : RSA)
                .provider(provider)
                .tasks(tasks)
                .build());
        try (JdkClient client = JdkClient.connect(port, protocol)) {
            assertEquals("hello", client.echo("hello"));
            String large = "0123456789abcdef".repeat(16 << 10);
            assertEquals(large, client.echo(large));
            assertEquals(key, client.certificate().getPublicKey().getAlgorithm());
            TlsInfo info = echo.accepted.element().connection().transport().tls();
            assertNotNull(info);
            assertEquals(protocol, info.protocol());
            assertEquals(client.socket.getSession().getCipherSuite(), info.cipherSuite());
            assertFalse(info.resumed());
        }
    }

    static Stream<Arguments> providersAndProtocols() {
        return Providers.all().stream()
                .flatMap(provider -> Stream.of("TLSv1.3", "TLSv1.2").map(protocol -> Arguments.of(provider, protocol)));
    }

    /** Greets whom it accepts, and the one before, in one go. */
    private static final class Greeter implements Role {
        private @Nullable Connection before;

        @Override
        public String name() {
            return "greeter";
        }

        @Override
        public boolean canAccept(Vhost vhost) {
            return true;
        }

        @Override
        public RoleConnection accept(Connection connection, VhostGroup group) {
            greet(before);
            greet(connection);
            before = connection;
            return new RecordingRole().attach(connection);
        }

        private static void greet(@Nullable Connection connection) {
            if (connection != null) {
                connection.write("hello".getBytes(StandardCharsets.ISO_8859_1), 0, 5);
            }
        }
    }

    /** All connections of a loop share a buffer: nothing of one may be in it while another one is written to. */
    @ParameterizedTest
    @MethodSource("providersAndProtocols")
    void keepsTheEndOfAHandshakeApartFromWhatOthersAreSent(String provider, String protocol) throws IOException {
        Vhost vhost = Vhost.builder("localhost")
                .port(0)
                .tls(TlsConfig.builder().key(EC).provider(provider).build())
                .build();
        serve(Context.builder().role(new Greeter()).vhost(vhost));
        try (JdkClient first = JdkClient.connect(vhost.port(), protocol)) {
            assertEquals("hello", first.receive(5));
            try (JdkClient second = JdkClient.connect(vhost.port(), protocol)) {
                assertEquals("hello", first.receive(5));
                assertEquals("hello", second.receive(5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("resuming")
    void resumesSessions(String provider, String protocol) throws IOException {
        int port = serve(TlsConfig.builder().key(EC).provider(provider).build());
        SSLContext clients = JdkClient.context();
        SSLSession first;
        try (JdkClient client = JdkClient.connect(clients, port, List.of(protocol), null, List.of())) {
            assertEquals("one", client.echo("one"));
            first = client.socket.getSession();
        }
        try (JdkClient client = JdkClient.connect(clients, port, List.of(protocol), null, List.of())) {
            assertEquals("two", client.echo("two"));
            assertEquals(first.getCreationTime(), client.socket.getSession().getCreationTime(), "the client resumed");
        }
        assertEquals(
                List.of(false, true),
                echo.accepted.stream().map(TlsServerTest::resumed).toList());
    }

    /** BouncyCastle's server issues no TLS 1.3 tickets. */
    static Stream<Arguments> resuming() {
        return providersAndProtocols().filter(each -> !List.of(each.get()).equals(List.of("BouncyCastle", "TLSv1.3")));
    }

    private static boolean resumed(RecordingRole role) {
        TlsInfo info = role.connection().transport().tls();
        return info != null && info.resumed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "BouncyCastle"})
    void choosesTheCertificateByWhatTheClientCanCheck(String provider) throws IOException {
        int port = serve(TlsConfig.builder().key(EC).key(RSA).provider(provider).build());
        for (String suite : List.of("ECDSA", "RSA")) {
            SSLContext clients = JdkClient.context();
            var factory = clients.getSocketFactory();
            try (var socket =
                    (javax.net.ssl.SSLSocket) factory.createSocket(java.net.InetAddress.getLoopbackAddress(), port)) {
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_" + suite + "_WITH_AES_128_GCM_SHA256"});
                socket.startHandshake();
                String expected = suite.equals("ECDSA") ? "EC" : "RSA";
                assertEquals(
                        expected,
                        socket.getSession()
                                .getPeerCertificates()[0]
                                .getPublicKey()
                                .getAlgorithm());
            }
        }
    }

    @Test
    void refusesOldVersionsByName() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> TlsConfig.builder().protocols("TLSv1.1"));
        assertTrue(refused.getMessage().contains("TLSv1.1"), refused.getMessage());
    }

    @Test
    void namesVhostAndProviderThatIsNotThere() {
        Vhost vhost = Vhost.builder("localhost")
                .port(0)
                .tls(TlsConfig.builder().key(EC).provider("NoSuchThing").build())
                .build();
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> Context.builder().role(echo).vhost(vhost).build());
        assertTrue(refused.getMessage().contains("localhost"), refused.getMessage());
        assertTrue(refused.getMessage().contains("NoSuchThing"), refused.getMessage());
    }

    @ParameterizedTest
    @MethodSource("providersAndProtocols")
    void asksForClientCertificates(String provider, String protocol) throws IOException {
        int port = serve(TlsConfig.builder()
                .key(EC)
                .provider(provider)
                .clientAuth(ClientAuth.REQUIRED)
                .clientCa(RSA.leaf())
                .build());
        try (JdkClient client = JdkClient.connect(JdkClient.context(RSA), port, List.of(protocol), null, List.of())) {
            assertEquals("mutual", client.echo("mutual"));
            TlsInfo info = echo.accepted.element().connection().transport().tls();
            assertNotNull(info);
            assertEquals(List.of(RSA.leaf()), info.peerCertificates());
        }
        assertThrows(SSLException.class, () -> talk(JdkClient.context(), port, protocol), "no certificate");
        KeyMaterial stranger = DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC);
        assertThrows(SSLException.class, () -> talk(JdkClient.context(stranger), port, protocol), "a strange one");
    }

    /** In TLS 1.3 a client hears of the refusal only when it reads. */
    private static void talk(SSLContext clients, int port, String protocol) throws IOException {
        try (JdkClient client = JdkClient.connect(clients, port, List.of(protocol), null, List.of())) {
            client.echo("let me in");
        }
    }
}
