package io.lws.mqtt.codec;

import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.PacketType;
import io.lws.mqtt.packet.Subscribe;
import io.lws.mqtt.packet.Subscription;
import java.nio.ByteBuffer;

/** SUBSCRIBE (3.8): identifier, properties, filters with their options. */
final class SubscribeEncoder {
    private final MqttVersion version;
    private final FieldEncoder fields;

    SubscribeEncoder(MqttVersion version, FieldEncoder fields) {
        this.version = version;
        this.fields = fields;
    }

    ByteBuffer encode(Subscribe subscribe) {
        fields.begin().twoByte(subscribe.packetId());
        if (version.isV5()) {
            fields.properties(subscribe.properties());
        }
        for (Subscription each : subscribe.subscriptions()) {
            fields.text(each.filter())
                    .oneByte(version.isV5() ? each.options() : each.qos().number());
        }
        return fields.end(PacketType.SUBSCRIBE.firstByte());
    }
}
