package io.lws.mqtt;

import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttProperty;
import io.lws.mqtt.packet.PublishHead;
import io.lws.mqtt.packet.Qos;
import java.nio.ByteBuffer;

/** A piece of a message being received, lent for the call. */
public final class MqttRx {
    private final PublishHead head;
    private final String topic;
    private final int offset;
    private final ByteBuffer bytes;

    MqttRx(PublishHead head, String topic, int offset, ByteBuffer bytes) {
        this.head = head;
        this.topic = topic;
        this.offset = offset;
        this.bytes = bytes;
    }

    /** The same piece for another reader. */
    MqttRx again() {
        return new MqttRx(head, topic, offset, bytes.duplicate());
    }

    /** The name of the topic, also where a topic alias came instead. */
    public String topic() {
        return topic;
    }

    public Qos qos() {
        return head.qos();
    }

    /** Whether the broker had kept it. */
    public boolean retain() {
        return head.retain();
    }

    /** Whether it may have come before; says nothing certain. */
    public boolean dup() {
        return head.dup();
    }

    /** 0 at QoS 0. */
    public int packetId() {
        return head.packetId();
    }

    public MqttProperties properties() {
        return head.properties();
    }

    /** Of the whole payload. */
    public int totalBytes() {
        return head.payloadBytes();
    }

    /** Where in the payload this piece begins. */
    public int offset() {
        return offset;
    }

    /** This piece; reading it moves nothing but this buffer. */
    public ByteBuffer bytes() {
        return bytes;
    }

    public boolean isFirst() {
        return offset == 0;
    }

    public boolean isLast() {
        return offset + bytes.limit() == head.payloadBytes();
    }

    /** The message, of which this piece is the end and {@code payload} all of it. */
    MqttMessage message(ByteBuffer payload) {
        MqttProperties.Builder kept = MqttProperties.builder();
        head.properties().entries().stream()
                .filter(each -> each.property() != MqttProperty.TOPIC_ALIAS)
                .forEach(kept::entry);
        return new MqttMessage(topic, payload, head.qos(), head.retain(), kept.build());
    }
}
