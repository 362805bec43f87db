package io.lws.mqtt.codec;

import io.lws.mqtt.packet.Auth;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.PacketType;
import io.lws.mqtt.packet.ReasonCode;
import java.nio.ByteBuffer;

/** AUTH from a broker (3.15), which only 5.0 has. Code and properties may be left out together. */
final class AuthDecoder {
    private final FieldDecoder fields;
    private final PropertiesDecoder properties;

    AuthDecoder(FieldDecoder fields) {
        this.fields = fields;
        this.properties = new PropertiesDecoder(fields);
    }

    Auth decode(ByteBuffer in) {
        if (!in.hasRemaining()) {
            return new Auth(ReasonCode.SUCCESS, MqttProperties.NONE);
        }
        int code = ReasonTable.AUTH.expect(fields.oneByte(in));
        return new Auth(code, in.hasRemaining() ? properties.decode(PacketType.AUTH, in) : MqttProperties.NONE);
    }
}
