package io.lws.mqtt.codec;

import io.lws.mqtt.packet.Auth;
import io.lws.mqtt.packet.Disconnect;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.PacketType;
import io.lws.mqtt.packet.ReasonCode;
import java.nio.ByteBuffer;

/** DISCONNECT (3.14) and AUTH (3.15): a code and properties, in 3.1.1 nothing. */
final class ReasonEncoder {
    private final MqttVersion version;
    private final FieldEncoder fields;

    ReasonEncoder(MqttVersion version, FieldEncoder fields) {
        this.version = version;
        this.fields = fields;
    }

    ByteBuffer encode(Disconnect disconnect) {
        return encode(PacketType.DISCONNECT, disconnect.reasonCode(), disconnect.properties());
    }

    ByteBuffer encode(Auth auth) {
        return encode(PacketType.AUTH, auth.reasonCode(), auth.properties());
    }

    private ByteBuffer encode(PacketType type, int code, MqttProperties properties) {
        fields.begin();
        if (version.isV5() && !(code == ReasonCode.SUCCESS && properties.isEmpty())) {
            fields.oneByte(code);
            if (!properties.isEmpty() || type == PacketType.AUTH) {
                fields.properties(properties);
            }
        }
        return fields.end(type.firstByte());
    }
}
