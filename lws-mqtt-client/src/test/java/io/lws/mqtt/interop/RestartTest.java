package io.lws.mqtt.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.mqtt.MqttClient;
import io.lws.mqtt.MqttOptions;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.Qos;
import io.lws.policy.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A broker that saves its sessions, and goes and comes back while messages are under way. */
class RestartTest {
    private static final RetryPolicy SOON = new RetryPolicy(List.of(Duration.ofMillis(20)), 0, 0, Integer.MAX_VALUE);

    private static final int MESSAGES = 1200;

    @ParameterizedTest
    @EnumSource
    void neitherLosesNorRepeatsNorReorders(MqttVersion version) throws Exception {
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        List<CompletableFuture<Void>> done = new ArrayList<>();
        try (Mosquitto broker = Mosquitto.start(Mosquitto.REMEMBERS_PUBREL);
                MqttClient client = MqttClient.open(MqttOptions.builder("127.0.0.1")
                        .port(broker.port())
                        .version(version)
                        .retry(SOON)
                        .clientId("keeper")
                        .keepSession(Duration.ofHours(1))
                        .inFlightMaximum(16)
                        .build())) {
            client.subscribe("kept", Qos.EXACTLY_ONCE, message -> got.add(message.text()))
                    .get(20, TimeUnit.SECONDS);
            for (int i = 0; i < MESSAGES; i++) {
                done.add(client.publish("kept", Integer.toString(i), Qos.EXACTLY_ONCE));
                if (i % 400 == 200) {
                    done.get(i - 100).get(20, TimeUnit.SECONDS);
                    broker.restart();
                }
            }
            for (int i = 0; i < MESSAGES; i++) {
                assertEquals(Integer.toString(i), got.poll(20, TimeUnit.SECONDS), broker::brokenPromises);
            }
            for (CompletableFuture<Void> each : done) {
                each.get(20, TimeUnit.SECONDS);
            }
            assertEquals(0, got.size(), broker::brokenPromises);
        }
    }
}
