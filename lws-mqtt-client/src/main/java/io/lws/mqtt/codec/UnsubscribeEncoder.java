package io.lws.mqtt.codec;

import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.PacketType;
import io.lws.mqtt.packet.Unsubscribe;
import java.nio.ByteBuffer;

/** UNSUBSCRIBE (3.10): identifier, properties, filters. */
final class UnsubscribeEncoder {
    private final MqttVersion version;
    private final FieldEncoder fields;

    UnsubscribeEncoder(MqttVersion version, FieldEncoder fields) {
        this.version = version;
        this.fields = fields;
    }

    ByteBuffer encode(Unsubscribe unsubscribe) {
        fields.begin().twoByte(unsubscribe.packetId());
        if (version.isV5()) {
            fields.properties(unsubscribe.properties());
        }
        unsubscribe.filters().forEach(fields::text);
        return fields.end(PacketType.UNSUBSCRIBE.firstByte());
    }
}
