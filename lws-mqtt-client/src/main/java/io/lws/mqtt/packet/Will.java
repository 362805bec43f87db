package io.lws.mqtt.packet;

import java.nio.ByteBuffer;

/**
 * What the broker publishes for a client that went without DISCONNECT (3.1.2.5). The payload is read-only; {@code
 * properties} only those a will may have.
 */
public record Will(String topic, ByteBuffer payload, Qos qos, boolean retain, MqttProperties properties) {
    public Will {
        Topics.requireName(topic);
        payload = ByteBuffer.allocate(payload.remaining())
                .put(payload.duplicate())
                .flip()
                .asReadOnlyBuffer();
        if (payload.remaining() > 0xffff) {
            throw new IllegalArgumentException("a will has at most 65535 bytes, not " + payload.remaining());
        }
        properties.require("a will", MqttProperty::isAllowedInWill, each -> each == MqttProperty.USER_PROPERTY);
    }
}
