package io.lws.mqtt.packet;

/**
 * A PUBLISH without its payload (3.3). The topic is empty where a topic alias stands for it; the packet identifier is 0
 * at QoS 0.
 */
public record PublishHead(
        boolean dup,
        Qos qos,
        boolean retain,
        String topic,
        int packetId,
        MqttProperties properties,
        int payloadBytes) {}
