package io.lws.mqtt.packet;

import java.util.List;

/** Asks for messages (3.8). */
public record Subscribe(int packetId, List<Subscription> subscriptions, MqttProperties properties) {
    public Subscribe {
        subscriptions = List.copyOf(subscriptions);
        if (subscriptions.isEmpty()) {
            throw new IllegalArgumentException("a SUBSCRIBE needs a filter");
        }
        requireProperties(properties);
    }

    /** @throws IllegalArgumentException for what a SUBSCRIBE does not have, or more than one subscription identifier */
    public static void requireProperties(MqttProperties properties) {
        for (MqttProperties.Entry each : properties.entries()) {
            if (!each.property().isAllowedIn(PacketType.SUBSCRIBE)) {
                throw new IllegalArgumentException("a SUBSCRIBE has no " + each.property());
            }
        }
        if (properties.subscriptionIdentifiers().size() > 1) {
            throw new IllegalArgumentException("two subscription identifiers");
        }
    }
}
