package io.lws.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Limits;
import io.lws.Vhost;
import io.lws.net.Connection;
import io.lws.net.VhostGroup;
import io.lws.spi.Role;
import io.lws.testing.LeakCheck;
import io.lws.testing.LoopRunner;
import io.lws.testing.MemoryTransport;
import io.lws.testing.RecordingRole;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ends of TLS on one loop, driven turn by turn over a stream in memory. */
class TlsMemoryTest {
    private static final KeyMaterial KEY = DevelopmentCertificate.localhost();

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private LoopRunner runner;
    private final EchoRole echo = new EchoRole("echo");
    private final RecordingRole client = new RecordingRole("client");
    private CloseInfo clientFailure;
    private TlsInfo clientInfo;
    private final MemoryTransport near = MemoryTransport.pair();

    @BeforeEach
    void loop() {
        runner = leaks.loop();
    }

    private static TlsConfig.Builder server(String provider) {
        return TlsConfig.builder().key(KEY).provider(provider).tasks(TlsTasks.ON_LOOP);
    }

    private static TlsClientConfig.Builder trusting() {
        return TlsClientConfig.builder().ca(KEY.leaf()).tasks(TlsTasks.ON_LOOP);
    }

    /** The server's side of a port with this configuration, as a listener would open it. */
    private VhostTls accept(TlsConfig config, MemoryTransport end) {
        Vhost vhost = Vhost.builder("localhost").tls(config).build();
        VhostTls tls = VhostTls.bind(vhost, config);
        TlsDoor door = new TlsDoor() {
            @Override
            public Chosen choose(ClientHello hello) {
                return new Chosen(tls, TlsSite.chooseAlpn(config.alpn(), hello.alpn()), (c, info) -> echo(c, vhost));
            }

            @Override
            public Connection.RoleFactory plainText() {
                return null;
            }
        };
        runner.open(end, connection -> new TlsAccepting(connection, door));
        return tls;
    }

    private io.lws.spi.RoleConnection echo(Connection connection, Vhost vhost) {
        return ((Role) echo).accept(connection, new VhostGroup(List.of(vhost)));
    }

    private void connect(TlsClientConfig config, MemoryTransport end) {
        runner.open(end, TlsUpgrade.connecting(config, "localhost", 1, new TlsUpgrade.Next() {
            @Override
            public io.lws.spi.RoleConnection onSecured(Connection connection, TlsInfo info) {
                clientInfo = info;
                return client.attach(connection);
            }

            @Override
            public void onFailed(CloseInfo info) {
                clientFailure = info;
            }
        }));
    }

    private RecordingRole server() {
        return echo.accepted.element();
    }

    private void closeBoth() {
        client.connection().close(CloseInfo.local(0, "done"));
        runner.advance(Duration.ofMinutes(1));
    }

    private static void write(RecordingRole role, String text) {
        role.connection().execute(() -> role.connection().write(ByteBuffer.wrap(text.getBytes())));
    }

    static Stream<Arguments> pairs() {
        return Providers.all().stream()
                .flatMap(one -> Providers.all().stream()
                        .flatMap(other ->
                                Stream.of("TLSv1.3", "TLSv1.2").map(version -> Arguments.of(one, other, version))));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void speaksToItself(String serving, String asking, String protocol) {
        VhostTls tls = accept(server(serving).alpn("x", "y").build(), near);
        connect(trusting().provider(asking).protocols(protocol).alpn("y").build(), near.peer());
        runner.settle();
        assertNull(clientFailure);
        write(client, "hello");
        runner.settle();
        assertEquals("read hello", client.events().get(0));
        assertEquals(protocol, clientInfo.protocol());
        assertEquals("y", clientInfo.alpn());
        assertEquals(List.of(KEY.leaf()), clientInfo.peerCertificates());
        TlsInfo seen = server().connection().transport().tls();
        assertNotNull(seen);
        assertEquals("y", seen.alpn());
        assertEquals("localhost", seen.serverName());
        assertEquals(1, tls.connections());
        closeBoth();
        assertEquals(
                "closed PEER 0 fin", server().events().get(server().events().size() - 1));
        assertEquals(0, tls.connections());
        tls.close();
        assertEquals(0, tls.liveContexts());
    }

    static Stream<Arguments> narrow() {
        return Providers.all().stream()
                .flatMap(provider -> Stream.of(1, 3, 1000).map(bytes -> Arguments.of(provider, bytes)));
    }

    @ParameterizedTest
    @MethodSource("narrow")
    void worksThroughNarrowTransports(String provider, int bytes) {
        accept(server(provider).build(), near);
        connect(trusting().provider(provider).build(), near.peer());
        near.deliverPerRead(bytes).acceptPerWrite(bytes);
        near.peer().deliverPerRead(bytes).acceptPerWrite(bytes);
        runner.settle();
        String text = "0123456789".repeat(bytes < 10 ? 50 : 5000);
        write(client, text);
        runner.settle();
        StringBuilder back = new StringBuilder();
        client.events().stream()
                .filter(each -> each.startsWith("read "))
                .forEach(each -> back.append(each, 5, each.length()));
        assertEquals(text, back.toString());
        closeBoth();
    }

    @ParameterizedTest
    @MethodSource("io.lws.tls.Providers#all")
    void tellsTruncationFromAnEnd(String provider) {
        accept(server(provider).build(), near);
        connect(trusting().provider(provider).build(), near.peer());
        runner.settle();
        near.peer().fin();
        runner.settle();
        CloseInfo info = server().closeInfo();
        assertNotNull(info);
        assertEquals("closed NETWORK 0 TLS truncated", server().events().get(0));
        assertEquals(TlsException.Reason.TRUNCATED, ((TlsException) info.cause()).reason());
        runner.advance(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @MethodSource("io.lws.tls.Providers#all")
    void keepsOutputForAPeerThatTakesNone(String provider) {
        accept(server(provider).build(), near);
        connect(trusting().provider(provider).build(), near.peer());
        runner.settle();
        near.refuse();
        write(client, "x".repeat(100_000));
        runner.settle();
        assertTrue(server().connection().isChoked());
        near.allow();
        runner.settle();
        assertFalse(server().connection().isChoked());
        int received =
                client.events().stream().mapToInt(each -> each.length() - 5).sum();
        assertEquals(100_000, received);
        closeBoth();
    }

    @ParameterizedTest
    @MethodSource("io.lws.tls.Providers#all")
    void sendsEverythingBeforeItCloses(String provider) {
        accept(server(provider).build(), near);
        connect(trusting().provider(provider).build(), near.peer());
        runner.settle();
        near.refuse();
        server().onRead(in -> {
            server().connection().write(in);
            server().connection().close(CloseInfo.local(0, "answered"));
        });
        write(client, "y".repeat(60_000));
        runner.settle();
        runner.advance(Duration.ofSeconds(5));
        near.allow();
        runner.settle();
        List<String> events = client.events();
        assertTrue(events.size() >= 2, events::toString);
        assertEquals("fin", events.get(events.size() - 2));
        runner.advance(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @MethodSource("io.lws.tls.Providers#all")
    void endsOnACorruptedRecord(String provider) {
        accept(server(provider).build(), near);
        connect(trusting().provider(provider).build(), near.peer());
        runner.settle();
        near.peer()
                .send(java.nio.ByteBuffer.allocate(37)
                        .put(new byte[] {23, 3, 3, 0, 32})
                        .array());
        runner.settle();
        CloseInfo info = server().closeInfo();
        assertNotNull(info);
        assertEquals(CloseInfo.Initiator.NETWORK, info.initiator());
        assertTrue(info.cause() instanceof TlsException, info::toString);
        runner.advance(Duration.ofMinutes(1));
    }

    @Test
    void givesUpAHandshakeInTimeHoweverSlowlyItGoesOn() {
        accept(server("JDK").build(), near);
        for (int i = 0; i < 9; i++) {
            near.peer().send(new byte[] {22, 3, 1, 0, 100, 1, 0, 0, 90}[i]);
            runner.advance(Duration.ofSeconds(1));
            assertFalse(near.isClosed(), "after " + (i + 1) + " seconds");
        }
        assertEquals(1, runner.net().handshakes());
        runner.advance(Limits.DEFAULT.handshakeTimeout().minusSeconds(9));
        assertTrue(near.isClosed());
        assertEquals(0, runner.net().handshakes());
    }

    @Test
    void answersPlainHttpInPlainText() {
        accept(server("JDK").build(), near);
        near.peer().send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        runner.settle();
        String answer = near.peer().receivedText();
        assertTrue(answer.startsWith("HTTP/1.1 400 Bad Request\r\n"), answer);
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertTrue(answer.contains("Content-Length: " + body.length() + "\r\n"), answer);
        assertTrue(near.peer().sawFin());
        near.peer().fin();
        runner.settle();
    }

    @Test
    void answersGarbageWithAnAlert() {
        accept(server("JDK").build(), near);
        near.peer().send(new byte[] {0, 1, 2, 3, 4, 5, 6, 7});
        runner.settle();
        assertEquals(
                "[21, 3, 3, 0, 2, 2, 10]", java.util.Arrays.toString(near.peer().received()));
        near.peer().fin();
        runner.settle();
    }

    @ParameterizedTest
    @MethodSource("io.lws.tls.Providers#all")
    void answersGarbageInTheHandshakeWithAnAlert(String provider) {
        accept(server(provider).build(), near);
        MemoryTransport far = near.peer();
        connect(trusting().provider(provider).build(), far);
        runner.turns(3);
        far.send(new byte[] {22, 3, 3, 0, 4, 99, 0, 0, 0});
        runner.settle();
        far.send(new byte[] {99, 99, 99, 99, 99, 99, 99});
        runner.advance(Duration.ofMinutes(1));
        assertTrue(near.isClosed());
        assertEquals(0, runner.net().handshakes());
    }
}
