package io.lws.mqtt.interop;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.mqtt.MqttClient;
import io.lws.mqtt.MqttOptions;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.Qos;
import io.lws.tls.DevelopmentCertificate;
import io.lws.tls.KeyMaterial;
import io.lws.tls.TlsClientConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Debian's mosquitto. */
class MosquittoTest extends BrokerContract {
    private static final KeyMaterial CERTIFICATE = DevelopmentCertificate.make(DevelopmentCertificate.Kind.RSA);

    @TempDir
    static Path directory;

    private static Mosquitto broker;
    private static int tlsPort;
    private static int wsPort;

    @BeforeAll
    static void startBroker() throws IOException {
        Path pem = Files.writeString(directory.resolve("server.pem"), CERTIFICATE.toPem());
        tlsPort = Mosquitto.freePort();
        wsPort = Mosquitto.freePort();
        broker = Mosquitto.start("listener " + tlsPort + " 127.0.0.1\ncertfile " + pem + "\nkeyfile " + pem
                + "\nlistener " + wsPort + " 127.0.0.1\nprotocol websockets\n");
    }

    @AfterAll
    static void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    @Override
    MqttOptions.Builder broker() {
        return MqttOptions.builder("127.0.0.1").port(broker.port());
    }

    /** All of it again over TLS. */
    @Nested
    class OverTls extends BrokerContract {
        @Override
        MqttOptions.Builder broker() {
            return MqttOptions.builder("localhost")
                    .port(tlsPort)
                    .tls(TlsClientConfig.builder().ca(CERTIFICATE.leaf()).build());
        }
    }

    /** All of it again over a WebSocket. */
    @Nested
    class OverAWebSocket extends BrokerContract {
        @Override
        MqttOptions.Builder broker() {
            return MqttOptions.builder("localhost").port(wsPort).webSocket("/mqtt");
        }

        /** Mosquitto looks at its WebSockets ten times a second, and sends 4 KiB each time. */
        @Override
        int longBytes() {
            return 70_000;
        }
    }

    @ParameterizedTest
    @EnumSource
    void losesNothingOfAKeptSessionOverDrops(MqttVersion version) throws Exception {
        try (Mosquitto own = Mosquitto.start()) {
            BlockingQueue<MqttMessage> got = new LinkedBlockingQueue<>();
            MqttClient client = open(MqttOptions.builder("127.0.0.1")
                    .port(own.port())
                    .version(version)
                    .retry(SOON)
                    .clientId("keeper")
                    .keepSession(Duration.ofHours(1))
                    .inFlightMaximum(16));
            get(client.subscribe("kept", Qos.EXACTLY_ONCE, got::add));
            for (int i = 0; i < 400; i++) {
                var unused = client.publish("kept", Integer.toString(i), Qos.EXACTLY_ONCE);
                if (i % 100 == 50) {
                    client.session().execute(() -> client.session().dropConnection());
                }
            }
            Set<String> seen = new TreeSet<>();
            for (int i = 0; i < 400; i++) {
                assertTrue(seen.add(next(got).text()));
            }
            assertNull(got.poll());
        }
    }
}
