package io.lws.mqtt.codec;

import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.PacketType;
import io.lws.mqtt.packet.SubAck;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** SUBACK (3.9): identifier, properties, one code per filter. */
final class SubAckDecoder {
    private final MqttVersion version;
    private final FieldDecoder fields;
    private final PropertiesDecoder properties;

    SubAckDecoder(MqttVersion version, FieldDecoder fields) {
        this.version = version;
        this.fields = fields;
        this.properties = new PropertiesDecoder(fields);
    }

    SubAck decode(ByteBuffer in) {
        int packetId = fields.packetId(in);
        MqttProperties with = version.isV5() ? properties.decode(PacketType.SUBACK, in) : MqttProperties.NONE;
        ReasonTable legal = version.isV5() ? ReasonTable.SUBACK : ReasonTable.SUBACK_OF_3;
        if (!in.hasRemaining()) {
            throw Violations.malformed("SUBACK without a code");
        }
        List<Integer> codes = new ArrayList<>(in.remaining());
        while (in.hasRemaining()) {
            codes.add(legal.expect(fields.oneByte(in)));
        }
        return new SubAck(packetId, List.copyOf(codes), with);
    }
}
