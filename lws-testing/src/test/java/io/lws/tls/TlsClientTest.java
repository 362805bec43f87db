package io.lws.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Vhost;
import io.lws.net.Connection;
import io.lws.net.LoopNet;
import io.lws.net.PlainTransport;
import io.lws.spi.RoleConnection;
import io.lws.testing.LeakCheck;
import io.lws.testing.RecordingRole;
import io.lws.tls.TlsClientConfig.Relaxation;
import io.lws.tls.TlsException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client's side over real sockets: whom it trusts, what it says when it does not, resumption. */
class TlsClientTest {
    private static final KeyMaterial GOOD = DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC, "host.example");
    private static final KeyMaterial OLD =
            DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC, Duration.ofDays(-1), List.of("host.example"));
    private static final KeyMaterial UNDERSCORED =
            DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC, "my_host.example");
    private static final KeyMaterial OTHER =
            DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC, "other.example");

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final EchoRole echo = new EchoRole("echo");
    private Context context;
    private Vhost vhost;

    @AfterEach
    void close() {
        if (context != null) {
            context.close();
        }
    }

    private void serve(KeyMaterial key, String provider) {
        vhost = Vhost.builder("localhost")
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .tls(TlsConfig.builder().key(key).provider(provider).build())
                .build();
        context = leaks.watch(Context.builder().role(echo).vhost(vhost).build()).start();
    }

    /** Connects, and completes with what was agreed on, after an echo. */
    private CompletableFuture<TlsInfo> connect(TlsClientConfig config, String host) throws IOException {
        SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), vhost.port()));
        channel.configureBlocking(false);
        CompletableFuture<TlsInfo> done = new CompletableFuture<>();
        LoopNet net = context.nets().get(0);
        net.loop().execute(() -> open(net, channel, config, host, done));
        return done;
    }

    private void open(
            LoopNet net, SocketChannel channel, TlsClientConfig config, String host, CompletableFuture<TlsInfo> done) {
        TlsUpgrade.Next next = new TlsUpgrade.Next() {
            @Override
            public RoleConnection onSecured(Connection connection, TlsInfo info) {
                RecordingRole role = new RecordingRole("client").attach(connection);
                connection.execute(() -> connection.write("ping".getBytes(), 0, 4));
                return role.onRead(in -> {
                            in.position(in.limit());
                            connection.close(CloseInfo.local(0, "done"));
                        })
                        .atClosed(closed -> done.complete(info));
            }

            @Override
            public void onFailed(CloseInfo info) {
                done.completeExceptionally(info.cause() == null ? new IOException(info.reason()) : info.cause());
            }
        };
        try {
            Connection.open(net, new PlainTransport(channel), TlsUpgrade.connecting(config, host, vhost.port(), next));
        } catch (IOException e) {
            done.completeExceptionally(e);
        }
    }

    private TlsInfo agreed(TlsClientConfig config, String host) throws Exception {
        return connect(config, host).get(20, TimeUnit.SECONDS);
    }

    private TlsException refusal(TlsClientConfig config, String host) {
        Exception thrown = assertThrows(Exception.class, () -> agreed(config, host));
        return (TlsException) thrown.getCause();
    }

    record Row(
            String name, KeyMaterial key, UnaryOperator<TlsClientConfig.Builder> config, String host, Reason refused) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static String pin(KeyMaterial key) {
        try {
            return ServerTrust.spkiSha256(key.leaf());
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Row> decisions() {
        return Stream.of(
                new Row("own CA", GOOD, c -> c.ca(GOOD.leaf()), "host.example", null),
                new Row("a dot at the name's end", GOOD, c -> c.ca(GOOD.leaf()), "host.example.", null),
                new Row("an underscore", UNDERSCORED, c -> c.ca(UNDERSCORED.leaf()), "my_host.example", null),
                new Row("the platform's CAs", GOOD, c -> c, "host.example", Reason.SELF_SIGNED),
                new Row("another CA", GOOD, c -> c.ca(OTHER.leaf()), "host.example", Reason.SELF_SIGNED),
                new Row("another host", GOOD, c -> c.ca(GOOD.leaf()), "wrong.example", Reason.HOST_NAME),
                new Row("an address that is in it", GOOD, c -> c.ca(GOOD.leaf()), "127.0.0.1", null),
                new Row("an address that is not", GOOD, c -> c.ca(GOOD.leaf()), "127.0.0.2", Reason.HOST_NAME),
                new Row("expired", OLD, c -> c.ca(OLD.leaf()), "host.example", Reason.EXPIRED),
                new Row("pinned", GOOD, c -> c.pin(pin(GOOD)), "host.example", null),
                new Row("pinned another", GOOD, c -> c.pin(pin(OTHER)), "host.example", Reason.NOT_PINNED),
                new Row("pinned, another host", GOOD, c -> c.pin(pin(GOOD)), "wrong.example", Reason.HOST_NAME),
                new Row("pinned, expired", OLD, c -> c.pin(pin(OLD)), "host.example", Reason.EXPIRED),
                new Row("self-signed let in", GOOD, c -> c.relax(Relaxation.SELF_SIGNED), "host.example", null),
                new Row(
                        "that leaves the host",
                        GOOD,
                        c -> c.relax(Relaxation.SELF_SIGNED),
                        "wrong.example",
                        Reason.HOST_NAME),
                new Row("and the date", OLD, c -> c.relax(Relaxation.SELF_SIGNED), "host.example", Reason.EXPIRED),
                new Row("host let in", GOOD, c -> c.ca(GOOD.leaf()).relax(Relaxation.HOST_NAME), "wrong.example", null),
                new Row(
                        "that leaves the signer",
                        GOOD,
                        c -> c.relax(Relaxation.HOST_NAME),
                        "wrong.example",
                        Reason.SELF_SIGNED),
                new Row("expired let in", OLD, c -> c.ca(OLD.leaf()).relax(Relaxation.EXPIRED), "host.example", null),
                new Row(
                        "that leaves the signer too",
                        OLD,
                        c -> c.relax(Relaxation.EXPIRED),
                        "host.example",
                        Reason.SELF_SIGNED));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void decides(Row row) throws Exception {
        serve(row.key, "JDK");
        TlsClientConfig config = row.config.apply(TlsClientConfig.builder()).build();
        if (row.refused == null) {
            assertEquals(List.of(row.key.leaf()), agreed(config, row.host).peerCertificates());
            if (!HostNames.isAddress(row.host)) {
                String asked =
                        echo.accepted.element().connection().transport().tls().serverName();
                assertEquals(row.host.contains("_") ? null : row.host.replaceFirst("\\.$", ""), asked);
            }
        } else {
            TlsException refused = refusal(config, row.host);
            assertEquals(row.refused, refused.reason(), refused.getMessage());
            assertEquals(List.of(row.key.leaf()), refused.chain());
            assertNotNull(refused.getCause());
        }
    }

    /** Conscrypt says such a name, which the platform's own server then refuses. */
    @ParameterizedTest
    @ValueSource(strings = {"JDK", "BouncyCastle"})
    void reachesAHostWithAnUnderscore(String provider) throws Exception {
        serve(UNDERSCORED, "JDK");
        TlsClientConfig config = TlsClientConfig.builder()
                .ca(UNDERSCORED.leaf())
                .provider(provider)
                .build();
        assertEquals(
                List.of(UNDERSCORED.leaf()), agreed(config, "my_host.example").peerCertificates());
    }

    /** 0 means no bound at all to the platform. */
    @Test
    void refusesSessionsWithoutBounds() {
        TlsClientConfig.Builder config = TlsClientConfig.builder();
        assertThrows(IllegalArgumentException.class, () -> config.sessionCacheSize(0));
        assertThrows(IllegalArgumentException.class, () -> config.sessionLifetime(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> config.sessionLifetime(Duration.ofDays(8)));
    }

    @ParameterizedTest
    @MethodSource("io.lws.tls.Providers#all")
    void saysWhyWithEachProvider(String provider) {
        serve(GOOD, "JDK");
        TlsClientConfig config =
                TlsClientConfig.builder().ca(GOOD.leaf()).provider(provider).build();
        TlsException refused = refusal(config, "wrong.example");
        assertEquals(Reason.HOST_NAME, refused.reason());
        assertTrue(refused.getMessage().contains("wrong.example"), refused.getMessage());
    }

    static Stream<Arguments> resuming() {
        return Stream.of("JDK", "Conscrypt")
                .flatMap(serving -> Stream.of("JDK", "Conscrypt")
                        .flatMap(asking -> Stream.of("TLSv1.3", "TLSv1.2")
                                .map(version -> Arguments.of(serving, asking, version))));
    }

    @ParameterizedTest
    @MethodSource("resuming")
    void resumes(String serving, String asking, String protocol) throws Exception {
        serve(GOOD, serving);
        TlsClientConfig config = TlsClientConfig.builder()
                .ca(GOOD.leaf())
                .provider(asking)
                .protocols(protocol)
                .build();
        assertFalse(agreed(config, "host.example").resumed());
        assertTrue(agreed(config, "host.example").resumed());
        List<Boolean> seen = echo.accepted.stream()
                .map(role -> role.connection().transport().tls().resumed())
                .toList();
        assertEquals(List.of(false, true), seen);
    }

    @Test
    void doesNotResumeAfterTheCertificateWasReplaced() throws Exception {
        serve(GOOD, "JDK");
        KeyMaterial next = DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC, "host.example");
        TlsClientConfig config =
                TlsClientConfig.builder().ca(GOOD.leaf()).ca(next.leaf()).build();
        agreed(config, "host.example");
        vhost.updateCertificate(next);
        TlsInfo info = agreed(config, "host.example");
        assertFalse(info.resumed());
        assertEquals(List.of(next.leaf()), info.peerCertificates());
    }
}
