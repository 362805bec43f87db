package io.lws.mqtt.codec;

import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttProperties.Entry;
import io.lws.mqtt.packet.MqttProperties.Pair;
import io.lws.mqtt.packet.MqttProperty;
import io.lws.mqtt.packet.PacketType;
import io.lws.mqtt.packet.Topics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The properties of a packet (2.2.2): known ones, where they may stand, each as often as it may. */
final class PropertiesDecoder {
    private final FieldDecoder fields;

    PropertiesDecoder(FieldDecoder fields) {
        this.fields = fields;
    }

    /** Reads length and properties; the length may not lead beyond the packet. */
    MqttProperties decode(PacketType packet, ByteBuffer in) {
        int length = fields.variable(in);
        if (length == 0) {
            return MqttProperties.NONE;
        }
        if (length > in.remaining()) {
            throw Violations.malformed("properties longer than their packet");
        }
        int packetEnd = in.limit();
        in.limit(in.position() + length);
        List<Entry> entries = new ArrayList<>();
        Set<MqttProperty> seen = EnumSet.noneOf(MqttProperty.class);
        while (in.hasRemaining()) {
            entries.add(one(packet, in, seen));
        }
        in.limit(packetEnd);
        return new MqttProperties(entries);
    }

    private Entry one(PacketType packet, ByteBuffer in, Set<MqttProperty> seen) {
        MqttProperty property = MqttProperty.of(fields.variable(in));
        if (property == null || !property.isAllowedIn(packet)) {
            throw Violations.malformed("a property that " + packet + " does not have");
        }
        if (!seen.add(property) && !property.isRepeatableIn(packet)) {
            throw Violations.protocolError(property + " twice");
        }
        return new Entry(property, value(property, in));
    }

    private Object value(MqttProperty property, ByteBuffer in) {
        return switch (property.kind()) {
            case BYTE -> inBounds(property, fields.oneByte(in));
            case TWO_BYTE -> inBounds(property, fields.twoByte(in));
            case FOUR_BYTE -> inBounds(property, fields.fourByte(in));
            case VARIABLE -> inBounds(property, fields.variable(in));
            case TEXT -> text(property, in);
            case BINARY -> fields.binary(in);
            case PAIR -> new Pair(fields.text(in), fields.text(in));
        };
    }

    private static Object inBounds(MqttProperty property, long value) {
        if (!property.isInBounds(value)) {
            throw Violations.protocolError(property + " of " + value);
        }
        return value;
    }

    private String text(MqttProperty property, ByteBuffer in) {
        String text = fields.text(in);
        if (property == MqttProperty.RESPONSE_TOPIC && !Topics.isName(text)) {
            throw Violations.protocolError("a response topic with a wildcard");
        }
        return text;
    }
}
