package io.lws.mqtt.packet;

import java.util.List;

/** Takes subscriptions back (3.10). */
public record Unsubscribe(int packetId, List<String> filters, MqttProperties properties) {
    public Unsubscribe {
        PacketType.requireIdentifier(packetId);
        properties.requireFor(PacketType.UNSUBSCRIBE);
        filters = List.copyOf(filters);
        if (filters.isEmpty()) {
            throw new IllegalArgumentException("an UNSUBSCRIBE needs a filter");
        }
        filters.forEach(Topics::requireFilter);
    }
}
