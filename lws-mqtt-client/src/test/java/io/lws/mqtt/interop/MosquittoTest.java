package io.lws.mqtt.interop;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.mqtt.MqttClient;
import io.lws.mqtt.MqttOptions;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.Qos;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Debian's mosquitto. */
class MosquittoTest extends BrokerContract {
    private static Mosquitto broker;

    @BeforeAll
    static void startBroker() {
        broker = Mosquitto.start();
    }

    @AfterAll
    static void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    @Override
    int port() {
        return broker.port();
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
