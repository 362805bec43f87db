package io.lws.mqtt.codec;

import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttProperty;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.PacketType;
import io.lws.mqtt.packet.PublishHead;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.Topics;
import java.nio.ByteBuffer;

/** PUBLISH up to its payload (3.3): topic, packet identifier, properties. */
final class PublishDecoder {
    /** Not all of the head is there yet. */
    static final int MORE = -1;

    private static final int DUP = 8;
    private static final int RETAIN = 1;

    private final MqttVersion version;
    private final FieldDecoder fields;
    private final PropertiesDecoder properties;

    PublishDecoder(MqttVersion version, FieldDecoder fields) {
        this.version = version;
        this.fields = fields;
        this.properties = new PropertiesDecoder(fields);
    }

    static void checkFlags(int firstByte) {
        int qos = firstByte >> 1 & 3;
        if (qos == 3) {
            throw Violations.malformed("QoS 3");
        }
        if (qos == 0 && (firstByte & DUP) != 0) {
            throw Violations.malformed("DUP at QoS 0");
        }
    }

    /**
     * How long the head is, from what there is of it; {@link #MORE} when that does not say. {@code in} is left as it
     * is.
     *
     * @param packetBytes what the fixed header declared: no head is longer
     */
    int headBytes(int firstByte, ByteBuffer in, int packetBytes) {
        int at = in.position();
        if (packetBytes < 2) {
            throw Violations.cutShort();
        }
        if (in.remaining() < 2) {
            return MORE;
        }
        int length = 2 + (in.getShort(at) & 0xffff) + ((firstByte & 6) == 0 ? 0 : 2);
        if (version.isV5() && length < packetBytes) {
            if (in.remaining() <= length) {
                return MORE;
            }
            return withProperties(in, at + length, length, packetBytes);
        }
        return within(length + (version.isV5() ? 1 : 0), packetBytes);
    }

    private static int withProperties(ByteBuffer in, int from, int before, int packetBytes) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            if (from + i == in.limit()) {
                within(before + i + 1, packetBytes);
                return MORE;
            }
            int b = in.get(from + i) & 0xff;
            value |= (b & 0x7f) << 7 * i;
            if (b < 0x80) {
                return within(before + i + 1L + value, packetBytes);
            }
        }
        throw Violations.malformed("a length of more than four bytes");
    }

    private static int within(long headBytes, int packetBytes) {
        if (headBytes > packetBytes) {
            throw Violations.cutShort();
        }
        return (int) headBytes;
    }

    /** {@code in} holds the head and nothing else. */
    PublishHead decode(int firstByte, ByteBuffer in, int payloadBytes) {
        Qos qos = Qos.of(firstByte >> 1 & 3);
        String topic = fields.text(in);
        int packetId = qos == Qos.AT_MOST_ONCE ? 0 : fields.packetId(in);
        MqttProperties with = version.isV5() ? properties.decode(PacketType.PUBLISH, in) : MqttProperties.NONE;
        checkTopic(topic, with);
        return new PublishHead(
                (firstByte & DUP) != 0, qos, (firstByte & RETAIN) != 0, topic, packetId, with, payloadBytes);
    }

    private static void checkTopic(String topic, MqttProperties with) {
        if (topic.isEmpty()) {
            if (!with.has(MqttProperty.TOPIC_ALIAS)) {
                throw Violations.protocolError("neither topic nor topic alias");
            }
        } else if (!Topics.isName(topic)) {
            throw Violations.badTopic();
        }
    }
}
