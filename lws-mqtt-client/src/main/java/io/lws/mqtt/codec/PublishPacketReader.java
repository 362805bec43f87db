package io.lws.mqtt.codec;

import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.PublishHead;
import java.nio.ByteBuffer;

/** A whole PUBLISH of MQTT 5.0 that was kept as it goes over the wire. */
public final class PublishPacketReader {
    private PublishPacketReader() {}

    /**
     * Reads all of {@code packet} and copies the payload.
     *
     * @throws io.lws.ProtocolException when it is anything else
     */
    public static MqttMessage read(ByteBuffer packet) {
        FieldDecoder fields = new FieldDecoder();
        PublishDecoder publish = new PublishDecoder(MqttVersion.V5, fields);
        int firstByte = fields.oneByte(packet);
        PublishDecoder.checkFlags(firstByte);
        int length = fields.variable(packet);
        if (length != packet.remaining()) {
            throw Violations.cutShort();
        }
        int headBytes = publish.headBytes(firstByte, packet, length);
        if (headBytes == PublishDecoder.MORE) {
            throw Violations.cutShort();
        }
        PublishHead head = publish.decode(firstByte, packet.slice(packet.position(), headBytes), length - headBytes);
        byte[] payload = new byte[length - headBytes];
        packet.get(packet.position() + headBytes, payload);
        try {
            return new MqttMessage(
                    head.topic(), ByteBuffer.wrap(payload), head.qos(), head.retain(), head.properties());
        } catch (IllegalArgumentException e) {
            throw Violations.protocolError(String.valueOf(e.getMessage()));
        }
    }
}
