package io.lws.examples.mqtt.qos2;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.mqtt.MqttOptions;
import io.lws.mqtt.MqttSession;
import io.lws.mqtt.store.FileInFlightStore;
import io.lws.mqtt.store.FileInFlightStore.Durability;
import java.nio.file.Path;
import java.time.Duration;

/** Publishes numbers exactly once each, however often it is killed and started again. */
public final class MinimalMqttClientQos2 {
    private MinimalMqttClientQos2() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-mqtt-client-qos2", 1883, args);
        var journal = options.arguments().isEmpty()
                ? "qos2.journal"
                : options.arguments().get(0);
        var store = FileInFlightStore.open(Path.of(journal), Durability.PROCESS);
        var broker = MqttOptions.builder(options.server())
                .port(options.port())
                .clientId("lws-qos2")
                .keepSession(Duration.ofDays(1))
                .store(store)
                .build();
        var vhost = Vhost.builder("client").build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            MqttSession.open(vhost, broker, new CountingProtocol(store, options.count()));
            context.run();
        }
    }
}
