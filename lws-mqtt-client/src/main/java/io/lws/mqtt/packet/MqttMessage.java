package io.lws.mqtt.packet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A message: to be published, or received whole. The payload is read-only and belongs to the message. Any thread. */
public record MqttMessage(String topic, ByteBuffer payload, Qos qos, boolean retain, MqttProperties properties) {
    public MqttMessage {
        Topics.requireName(topic);
        payload = payload.isReadOnly() ? payload.slice() : payload.slice().asReadOnlyBuffer();
        properties.requireFor(PacketType.PUBLISH);
        if (properties.has(MqttProperty.TOPIC_ALIAS)) {
            throw new IllegalArgumentException("topic aliases are the client's own business");
        }
    }

    /** {@code payload} is not copied: leave its bytes as they are from now on. */
    public static MqttMessage of(String topic, ByteBuffer payload, Qos qos) {
        return new MqttMessage(topic, payload, qos, false, MqttProperties.NONE);
    }

    /** As UTF-8. */
    public static MqttMessage of(String topic, String payload, Qos qos) {
        return of(topic, ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)), qos);
    }

    /** The same, to be kept by the broker for those who subscribe later. */
    public MqttMessage retained() {
        return new MqttMessage(topic, payload, qos, true, properties);
    }

    public MqttMessage with(MqttProperties other) {
        return new MqttMessage(topic, payload, qos, retain, other);
    }

    /** The same with another payload, which is not copied. */
    public MqttMessage withPayload(ByteBuffer other) {
        return new MqttMessage(topic, other, qos, retain, properties);
    }

    /** A view of its own. */
    @Override
    public ByteBuffer payload() {
        return payload.duplicate();
    }

    public int payloadBytes() {
        return payload.remaining();
    }

    /** The payload as UTF-8. */
    public String text() {
        return StandardCharsets.UTF_8.decode(payload()).toString();
    }
}
