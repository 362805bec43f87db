package io.lws.mqtt.packet;

/**
 * A PUBLISH without its payload (3.3). The topic is empty where a topic alias stands for it; the packet identifier is 0
 * at QoS 0.
 */
public record PublishHead(
        boolean dup, Qos qos, boolean retain, String topic, int packetId, MqttProperties properties, int payloadBytes) {
    /** A packet's length has four bytes of seven bits each (1.5.5); room is left for the longest topic. */
    public static final int MAX_PAYLOAD_BYTES = 268_435_455 - (128 << 10);

    public PublishHead {
        if (qos == Qos.AT_MOST_ONCE ? packetId != 0 || dup : packetId < 1 || packetId > 0xffff) {
            throw new IllegalArgumentException(
                    qos + " with packet identifier " + packetId + (dup ? ", sent before" : ""));
        }
    }
}
