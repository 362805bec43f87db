package io.lws.examples.mqtt.client;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.mqtt.MqttOptions;
import io.lws.mqtt.MqttSession;
import io.lws.mqtt.packet.PayloadSource;
import java.io.IOException;
import java.nio.file.Path;

/** MQTT client that subscribes to a topic and publishes a few messages to it, and a file in pieces, which come back. */
public final class MinimalMqttClient {
    private MinimalMqttClient() {}

    public static void main(String[] args) throws IOException {
        var options = ClientOptions.parse("minimal-mqtt-client", 1883, args);
        var file = options.arguments().isEmpty()
                ? null
                : PayloadSource.ofFile(Path.of(options.arguments().get(0)));
        var broker = MqttOptions.builder(options.server()).port(options.port()).build();
        var vhost = Vhost.builder("client").build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            MqttSession.open(vhost, broker, new GreetingProtocol(options.count(), file));
            context.run();
        }
    }
}
