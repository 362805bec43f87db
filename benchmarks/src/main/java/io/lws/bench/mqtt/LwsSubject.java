package io.lws.bench.mqtt;

import io.lws.mqtt.MqttClient;
import io.lws.mqtt.MqttOptions;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.Qos;
import java.nio.ByteBuffer;

/** Ours, by its futures and handlers. */
final class LwsSubject implements MqttSubject {
    private final MqttClient client;

    LwsSubject(int port) {
        client = MqttClient.open(MqttOptions.builder("127.0.0.1").port(port).build());
        client.connected().join();
    }

    @Override
    public void subscribe(String topic, int qos, Runnable onMessage) {
        client.subscribe(topic, Qos.of(qos), message -> onMessage.run()).join();
    }

    @Override
    public void publish(String topic, byte[] payload, int qos, Runnable done) {
        var unused = client.publish(MqttMessage.of(topic, ByteBuffer.wrap(payload), Qos.of(qos)))
                .whenComplete((nothing, failure) -> MqttRun.done(failure, done));
    }

    @Override
    public void close() {
        client.close();
    }
}
