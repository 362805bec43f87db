package io.lws.mqtt.packet;

import java.util.List;

/** Asks for messages (3.8). */
public record Subscribe(int packetId, List<Subscription> subscriptions, MqttProperties properties) {
    public Subscribe {
        subscriptions = List.copyOf(subscriptions);
        if (subscriptions.isEmpty()) {
            throw new IllegalArgumentException("a SUBSCRIBE needs a filter");
        }
    }
}
