package io.lws.examples.mqtt.multi;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.mqtt.MqttOptions;
import io.lws.mqtt.MqttSession;
import io.lws.mqtt.MqttSharedConnection;

/** Many MQTT sessions at a time, each on a connection of its own or all on one. */
public final class MinimalMqttClientMulti {
    private MinimalMqttClientMulti() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-mqtt-client-multi", 1883, args);
        var vhost = Vhost.builder("client").build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            var ring = new Ring(options.count());
            if (options.arguments().contains("share")) {
                var shared = MqttSharedConnection.open(vhost, broker(options));
                for (int i = 0; i < options.count(); i++) {
                    shared.join(new RingProtocol(ring, i));
                }
            } else {
                for (int i = 0; i < options.count(); i++) {
                    MqttSession.open(vhost, broker(options), new RingProtocol(ring, i));
                }
            }
            context.run();
        }
    }

    /** An identifier of its own with each call. */
    private static MqttOptions broker(ClientOptions options) {
        return MqttOptions.builder(options.server()).port(options.port()).build();
    }
}
