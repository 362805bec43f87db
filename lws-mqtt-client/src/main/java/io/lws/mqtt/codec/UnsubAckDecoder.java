package io.lws.mqtt.codec;

import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.PacketType;
import io.lws.mqtt.packet.UnsubAck;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** UNSUBACK (3.11): an identifier, in 5.0 also properties and one code per filter. */
final class UnsubAckDecoder {
    private final MqttVersion version;
    private final FieldDecoder fields;
    private final PropertiesDecoder properties;

    UnsubAckDecoder(MqttVersion version, FieldDecoder fields) {
        this.version = version;
        this.fields = fields;
        this.properties = new PropertiesDecoder(fields);
    }

    UnsubAck decode(ByteBuffer in) {
        int packetId = fields.packetId(in);
        if (!version.isV5()) {
            return new UnsubAck(packetId, List.of(), MqttProperties.NONE);
        }
        MqttProperties with = properties.decode(PacketType.UNSUBACK, in);
        if (!in.hasRemaining()) {
            throw Violations.malformed("UNSUBACK without a code");
        }
        List<Integer> codes = new ArrayList<>(in.remaining());
        while (in.hasRemaining()) {
            codes.add(ReasonTable.UNSUBACK.expect(fields.oneByte(in)));
        }
        return new UnsubAck(packetId, List.copyOf(codes), with);
    }
}
