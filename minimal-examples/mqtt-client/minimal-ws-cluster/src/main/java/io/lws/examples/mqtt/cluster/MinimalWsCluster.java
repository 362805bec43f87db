package io.lws.examples.mqtt.cluster;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import io.lws.mqtt.MqttClient;
import io.lws.mqtt.MqttOptions;
import java.nio.file.Path;

/** One of n chat servers whose rooms span them all by way of an MQTT broker. */
public final class MinimalWsCluster {
    private MinimalWsCluster() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-ws-cluster", args);
        var broker = options.argument(0, "localhost:1883").split(":");
        var cluster = new ClusterProtocol();
        var vhost = options.vhost("localhost")
                .protocol("lws-cluster", (host, settings) -> cluster)
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            cluster.join(MqttClient.open(
                    vhost,
                    MqttOptions.builder(broker[0])
                            .port(Integer.parseInt(broker[1]))
                            .build()));
            options.serve(context, "http");
        }
    }
}
