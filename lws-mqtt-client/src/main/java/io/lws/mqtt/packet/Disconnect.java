package io.lws.mqtt.packet;

/** The last packet of a side that says why (3.14). */
public record Disconnect(int reasonCode, MqttProperties properties) {
    public Disconnect {
        ReasonCode.requireCode(reasonCode);
        properties.requireFor(PacketType.DISCONNECT);
    }
}
