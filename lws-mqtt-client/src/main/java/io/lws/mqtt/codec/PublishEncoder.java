package io.lws.mqtt.codec;

import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.PacketType;
import io.lws.mqtt.packet.PublishHead;
import io.lws.mqtt.packet.Qos;
import java.nio.ByteBuffer;

/** PUBLISH up to its payload (3.3), which the caller sends behind it. */
final class PublishEncoder {
    private final MqttVersion version;
    private final FieldEncoder fields;

    PublishEncoder(MqttVersion version, FieldEncoder fields) {
        this.version = version;
        this.fields = fields;
    }

    ByteBuffer encode(PublishHead head) {
        fields.begin().text(head.topic());
        if (head.qos() != Qos.AT_MOST_ONCE) {
            fields.twoByte(head.packetId());
        }
        if (version.isV5()) {
            fields.properties(head.properties());
        }
        int flags = (head.dup() ? 8 : 0) | head.qos().number() << 1 | (head.retain() ? 1 : 0);
        return fields.end(PacketType.PUBLISH.firstByte() | flags, head.payloadBytes());
    }
}
