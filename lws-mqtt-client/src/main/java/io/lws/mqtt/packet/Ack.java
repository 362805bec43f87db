package io.lws.mqtt.packet;

/** PUBACK, PUBREC, PUBREL or PUBCOMP: four packets of one form (3.4 to 3.7). */
public record Ack(PacketType type, int packetId, int reasonCode, MqttProperties properties) {
    public Ack {
        if (type.ordinal() < PacketType.PUBACK.ordinal() || type.ordinal() > PacketType.PUBCOMP.ordinal()) {
            throw new IllegalArgumentException(type + " acknowledges no message");
        }
        PacketType.requireIdentifier(packetId);
        ReasonCode.requireCode(reasonCode);
        properties.requireFor(type);
    }

    public static Ack of(PacketType type, int packetId) {
        return new Ack(type, packetId, ReasonCode.SUCCESS, MqttProperties.NONE);
    }
}
