package io.lws.mqtt.codec;

import io.lws.mqtt.packet.Ack;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.PacketType;
import io.lws.mqtt.packet.ReasonCode;
import java.nio.ByteBuffer;

/** PUBACK, PUBREC, PUBREL and PUBCOMP (3.4 to 3.7): identifier, then in 5.0 a code and properties that may be left out. */
final class AckDecoder {
    private final MqttVersion version;
    private final FieldDecoder fields;
    private final PropertiesDecoder properties;

    AckDecoder(MqttVersion version, FieldDecoder fields) {
        this.version = version;
        this.fields = fields;
        this.properties = new PropertiesDecoder(fields);
    }

    Ack decode(PacketType type, ByteBuffer in) {
        int packetId = fields.packetId(in);
        if (!version.isV5() || !in.hasRemaining()) {
            return Ack.of(type, packetId);
        }
        ReasonTable legal =
                type == PacketType.PUBACK || type == PacketType.PUBREC ? ReasonTable.RECEIVED : ReasonTable.RELEASED;
        int code = legal.expect(fields.oneByte(in));
        if (code == ReasonCode.SUCCESS && !in.hasRemaining()) {
            return Ack.of(type, packetId);
        }
        MqttProperties with = in.hasRemaining() ? properties.decode(type, in) : MqttProperties.NONE;
        return new Ack(type, packetId, code, with);
    }
}
