package io.lws.examples.mqtt.client;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.mqtt.MqttOptions;
import io.lws.mqtt.MqttSession;

/** MQTT client that subscribes to a topic and publishes a few messages to it, which come back. */
public final class MinimalMqttClient {
    private MinimalMqttClient() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-mqtt-client", 1883, args);
        var broker = MqttOptions.builder(options.server()).port(options.port()).build();
        var vhost = Vhost.builder("client").build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            MqttSession.open(vhost, broker, new GreetingProtocol(options.count()));
            context.run();
        }
    }
}
