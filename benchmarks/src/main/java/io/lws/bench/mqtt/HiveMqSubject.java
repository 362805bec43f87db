package io.lws.bench.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.util.Objects;

/** The HiveMQ client by its asynchronous interface. */
final class HiveMqSubject implements MqttSubject {
    private final Mqtt5AsyncClient client;

    HiveMqSubject(int port) {
        client = Mqtt5Client.builder()
                .identifier("hivemq")
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
        client.connect().join();
    }

    private static MqttQos qos(int number) {
        return Objects.requireNonNull(MqttQos.fromCode(number));
    }

    @Override
    public void subscribe(String topic, int qos, Runnable onMessage) {
        client.subscribeWith()
                .topicFilter(topic)
                .qos(qos(qos))
                .callback(message -> onMessage.run())
                .send()
                .join();
    }

    @Override
    public void publish(String topic, byte[] payload, int qos, Runnable done) {
        var unused = client.publishWith()
                .topic(topic)
                .qos(qos(qos))
                .payload(payload)
                .send()
                .whenComplete((result, failure) -> MqttRun.done(failure, done));
    }

    @Override
    public void close() {
        client.disconnect().join();
    }
}
