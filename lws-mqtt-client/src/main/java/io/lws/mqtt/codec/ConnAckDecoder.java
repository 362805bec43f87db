package io.lws.mqtt.codec;

import io.lws.mqtt.packet.ConnAck;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.PacketType;
import io.lws.mqtt.packet.ReasonCode;
import java.nio.ByteBuffer;

/** CONNACK (3.2): flags, code, properties. */
final class ConnAckDecoder {
    private final MqttVersion version;
    private final FieldDecoder fields;
    private final PropertiesDecoder properties;

    ConnAckDecoder(MqttVersion version, FieldDecoder fields) {
        this.version = version;
        this.fields = fields;
        this.properties = new PropertiesDecoder(fields);
    }

    ConnAck decode(ByteBuffer in) {
        int flags = fields.oneByte(in);
        if (flags > 1) {
            throw Violations.malformed("reserved flags of CONNACK");
        }
        int code = code(fields.oneByte(in));
        if (flags == 1 && code != ReasonCode.SUCCESS) {
            throw Violations.protocolError("a session is present, but the connection is refused");
        }
        MqttProperties with = version.isV5() ? properties.decode(PacketType.CONNACK, in) : MqttProperties.NONE;
        return new ConnAck(flags == 1, code, with);
    }

    private int code(int onTheWire) {
        if (version.isV5()) {
            return ReasonTable.CONNACK.expect(onTheWire);
        }
        int code = ReasonCode.ofReturnCode(onTheWire);
        if (code < 0) {
            throw Violations.protocolError("return code " + onTheWire + " in CONNACK");
        }
        return code;
    }
}
