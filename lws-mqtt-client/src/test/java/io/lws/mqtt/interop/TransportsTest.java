package io.lws.mqtt.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.mqtt.MqttClient;
import io.lws.mqtt.MqttOptions;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.Will;
import io.lws.net.Proxy;
import io.lws.policy.RetryPolicy;
import io.lws.tls.DevelopmentCertificate;
import io.lws.tls.KeyMaterial;
import io.lws.tls.TlsClientConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All that MQTT can go over, to one mosquitto. */
class TransportsTest {
    private static final KeyMaterial SERVER = DevelopmentCertificate.make(DevelopmentCertificate.Kind.RSA);
    private static final KeyMaterial CLIENT = DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC, "me");

    @TempDir
    static Path directory;

    private static Mosquitto broker;
    private static int tlsPort;
    private static int wsPort;
    private static int wssPort;

    @BeforeAll
    static void startBroker() throws IOException {
        Files.writeString(directory.resolve("server.pem"), SERVER.toPem());
        Files.writeString(directory.resolve("client.pem"), CLIENT.toPem());
        tlsPort = Mosquitto.freePort();
        wsPort = Mosquitto.freePort();
        wssPort = Mosquitto.freePort();
        String tls = "certfile D/server.pem\nkeyfile D/server.pem\n";
        String more = "listener " + tlsPort + " 127.0.0.1\ncafile D/client.pem\nrequire_certificate true\n" + tls
                + "listener " + wsPort + " 127.0.0.1\nprotocol websockets\n"
                + "listener " + wssPort + " 127.0.0.1\nprotocol websockets\n" + tls
                + "listener 0 D/mqtt.sock\n";
        broker = Mosquitto.start(more.replace("D/", directory + "/"));
    }

    @AfterAll
    static void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    private static TlsClientConfig.Builder trusting() {
        return TlsClientConfig.builder().ca(SERVER.leaf());
    }

    private static MqttOptions.Builder options(int port) {
        return MqttOptions.builder("localhost").port(port).retry(RetryPolicy.NEVER);
    }

    /** A few messages there and back, one of them longer than any buffer. */
    private static void assertCarries(MqttOptions.Builder options) throws Exception {
        String filter = "transport/" + System.nanoTime();
        BlockingQueue<MqttMessage> got = new LinkedBlockingQueue<>();
        try (MqttClient client = MqttClient.open(options.maxPacketBytes(1 << 20).build())) {
            client.connected().get(20, TimeUnit.SECONDS);
            client.subscribe(filter, Qos.EXACTLY_ONCE, got::add).get(20, TimeUnit.SECONDS);
            for (Qos qos : Qos.values()) {
                client.publish(filter, "short", qos).get(20, TimeUnit.SECONDS);
                assertEquals("short", next(got).text());
            }
            String text = "0123456789".repeat(10_000);
            client.publish(filter, text, Qos.AT_LEAST_ONCE).get(20, TimeUnit.SECONDS);
            assertEquals(text, next(got).text());
            for (int i = 0; i < 500; i++) {
                var unused = client.publish(filter, Integer.toString(i), Qos.AT_LEAST_ONCE);
            }
            for (int i = 0; i < 500; i++) {
                assertEquals(Integer.toString(i), next(got).text());
            }
        }
        assertNull(got.poll());
    }

    private static MqttMessage next(BlockingQueue<MqttMessage> messages) throws InterruptedException {
        MqttMessage message = messages.poll(20, TimeUnit.SECONDS);
        assertNotNull(message, "no message came");
        return message;
    }

    @ParameterizedTest
    @EnumSource
    void goesOverTlsWithACertificateOfItsOwn(MqttVersion version) throws Exception {
        assertCarries(
                options(tlsPort).version(version).tls(trusting().key(CLIENT).build()));
    }

    @Test
    void isRefusedWithoutTheCertificate() {
        try (MqttClient client =
                MqttClient.open(options(tlsPort).tls(trusting().build()).build())) {
            assertThrows(ExecutionException.class, () -> client.connected().get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void refusesABrokerItDoesNotTrust() {
        try (MqttClient client =
                MqttClient.open(options(tlsPort).tls(TlsClientConfig.DEFAULT).build())) {
            assertThrows(ExecutionException.class, () -> client.connected().get(20, TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOverAWebSocket(MqttVersion version) throws Exception {
        assertCarries(options(wsPort).version(version).webSocket("/mqtt"));
    }

    @Test
    void goesOverAWebSocketInTls() throws Exception {
        assertCarries(options(wssPort).webSocket("/mqtt").tls(trusting().build()));
    }

    @Test
    void comesBackOverTheWebSocketAndLeavesAWillOnlyWhenItDies() throws Exception {
        BlockingQueue<MqttMessage> got = new LinkedBlockingQueue<>();
        Will will = new Will("ws/will", ByteBuffer.allocate(0), Qos.AT_LEAST_ONCE, false, MqttProperties.NONE);
        RetryPolicy soon = new RetryPolicy(List.of(Duration.ofMillis(20)), 0, 0, Integer.MAX_VALUE);
        try (MqttClient watcher = MqttClient.open(options(broker.port()).build())) {
            watcher.subscribe("ws/#", Qos.AT_LEAST_ONCE, got::add).get(20, TimeUnit.SECONDS);
            MqttClient dying = MqttClient.open(options(wsPort)
                    .webSocket("/mqtt")
                    .retry(soon)
                    .will(will)
                    .birth(MqttMessage.of("ws/birth", "", Qos.AT_MOST_ONCE)) // else it could come twice
                    .build());
            assertEquals("ws/birth", next(got).topic());
            dying.session().execute(() -> dying.session().dropConnection());
            assertEquals(
                    List.of("ws/birth", "ws/will"),
                    List.of(next(got).topic(), next(got).topic()).stream()
                            .sorted()
                            .toList());
            dying.close();
            watcher.publish("ws/end", "", Qos.AT_LEAST_ONCE).get(20, TimeUnit.SECONDS);
            assertEquals("ws/end", next(got).topic());
        }
    }

    @Test
    void failsWhereNobodySpeaksWebSocket() {
        try (MqttClient client =
                MqttClient.open(options(broker.port()).webSocket("/mqtt").build())) {
            assertThrows(ExecutionException.class, () -> client.connected().get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void goesOverAUnixSocket() throws Exception {
        assertCarries(MqttOptions.builder("localhost").unixSocket(directory.resolve("mqtt.sock")));
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP", "SOCKS5"})
    void goesThroughAProxy(Proxy.Kind kind) throws Exception {
        try (TestProxy proxy = new TestProxy()) {
            Proxy through = new Proxy(kind, "127.0.0.1", proxy.port(), null);
            assertCarries(options(broker.port()).proxy(through));
            assertCarries(options(wssPort)
                    .proxy(through)
                    .webSocket("/mqtt")
                    .tls(trusting().build()));
            String word = kind == Proxy.Kind.HTTP ? "CONNECT" : "SOCKS";
            assertEquals(List.of(word + " localhost:" + broker.port(), word + " localhost:" + wssPort), proxy.asked());
        }
    }
}
