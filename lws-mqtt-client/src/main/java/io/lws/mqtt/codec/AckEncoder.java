package io.lws.mqtt.codec;

import io.lws.mqtt.packet.Ack;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.ReasonCode;
import java.nio.ByteBuffer;

/** PUBACK, PUBREC, PUBREL and PUBCOMP (3.4 to 3.7), in the shortest form that says it all. */
final class AckEncoder {
    private final MqttVersion version;
    private final FieldEncoder fields;

    AckEncoder(MqttVersion version, FieldEncoder fields) {
        this.version = version;
        this.fields = fields;
    }

    ByteBuffer encode(Ack ack) {
        fields.begin().twoByte(ack.packetId());
        boolean plain = ack.properties().isEmpty();
        if (version.isV5() && !(plain && ack.reasonCode() == ReasonCode.SUCCESS)) {
            fields.oneByte(ack.reasonCode());
            if (!plain) {
                fields.properties(ack.properties());
            }
        }
        return fields.end(ack.type().firstByte());
    }
}
