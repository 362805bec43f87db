package io.lws.mqtt.packet;

import java.util.List;

/** Asks for messages (3.8). */
public record Subscribe(int packetId, List<Subscription> subscriptions, MqttProperties properties) {
    public Subscribe {
        PacketType.requireIdentifier(packetId);
        subscriptions = List.copyOf(subscriptions);
        if (subscriptions.isEmpty()) {
            throw new IllegalArgumentException("a SUBSCRIBE needs a filter");
        }
        requireProperties(properties);
    }

    /** @throws IllegalArgumentException for what a SUBSCRIBE does not have, or more than one subscription identifier */
    public static void requireProperties(MqttProperties properties) {
        properties.requireFor(PacketType.SUBSCRIBE);
    }
}
