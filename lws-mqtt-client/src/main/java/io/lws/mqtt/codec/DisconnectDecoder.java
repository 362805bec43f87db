package io.lws.mqtt.codec;

import io.lws.mqtt.packet.Disconnect;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttProperty;
import io.lws.mqtt.packet.PacketType;
import io.lws.mqtt.packet.ReasonCode;
import java.nio.ByteBuffer;

/** DISCONNECT from a broker (3.14), which only 5.0 has. Code and properties may be left out. */
final class DisconnectDecoder {
    private final FieldDecoder fields;
    private final PropertiesDecoder properties;

    DisconnectDecoder(FieldDecoder fields) {
        this.fields = fields;
        this.properties = new PropertiesDecoder(fields);
    }

    Disconnect decode(ByteBuffer in) {
        int code = in.hasRemaining() ? ReasonTable.DISCONNECT.expect(fields.oneByte(in)) : ReasonCode.SUCCESS;
        MqttProperties with = in.hasRemaining() ? properties.decode(PacketType.DISCONNECT, in) : MqttProperties.NONE;
        if (with.has(MqttProperty.SESSION_EXPIRY_INTERVAL)) {
            throw Violations.protocolError("a session expiry from a broker's DISCONNECT");
        }
        return new Disconnect(code, with);
    }
}
