package io.lws.mqtt.codec;

import io.lws.mqtt.packet.Connect;
import io.lws.mqtt.packet.PacketType;
import io.lws.mqtt.packet.Will;
import java.nio.ByteBuffer;

/** CONNECT (3.1): what is asked for, who asks, and the will. */
final class ConnectEncoder {
    private static final int CLEAN_START = 0x02;
    private static final int WILL = 0x04;
    private static final int WILL_RETAIN = 0x20;
    private static final int PASSWORD = 0x40;
    private static final int USER = 0x80;

    private final FieldEncoder fields;

    ConnectEncoder(FieldEncoder fields) {
        this.fields = fields;
    }

    ByteBuffer encode(Connect connect) {
        boolean v5 = connect.version().isV5();
        fields.begin()
                .text("MQTT")
                .oneByte(connect.version().level())
                .oneByte(flags(connect))
                .twoByte(connect.keepAliveSeconds());
        if (v5) {
            fields.properties(connect.properties());
        }
        fields.text(connect.clientId());
        if (connect.will() != null) {
            will(connect.will(), v5);
        }
        if (connect.user() != null) {
            fields.text(connect.user());
        }
        if (connect.password() != null) {
            fields.binary(connect.password());
        }
        return fields.end(PacketType.CONNECT.firstByte());
    }

    private void will(Will will, boolean v5) {
        if (v5) {
            fields.properties(will.properties());
        }
        fields.text(will.topic()).binary(will.payload());
    }

    private static int flags(Connect connect) {
        int flags = connect.cleanStart() ? CLEAN_START : 0;
        Will will = connect.will();
        if (will != null) {
            flags |= WILL | will.qos().number() << 3 | (will.retain() ? WILL_RETAIN : 0);
        }
        flags |= connect.password() == null ? 0 : PASSWORD;
        return flags | (connect.user() == null ? 0 : USER);
    }
}
