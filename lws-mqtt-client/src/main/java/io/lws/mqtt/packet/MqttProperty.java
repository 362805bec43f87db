package io.lws.mqtt.packet;

import static io.lws.mqtt.packet.PacketType.AUTH;
import static io.lws.mqtt.packet.PacketType.CONNACK;
import static io.lws.mqtt.packet.PacketType.CONNECT;
import static io.lws.mqtt.packet.PacketType.DISCONNECT;
import static io.lws.mqtt.packet.PacketType.PUBACK;
import static io.lws.mqtt.packet.PacketType.PUBCOMP;
import static io.lws.mqtt.packet.PacketType.PUBLISH;
import static io.lws.mqtt.packet.PacketType.PUBREC;
import static io.lws.mqtt.packet.PacketType.PUBREL;
import static io.lws.mqtt.packet.PacketType.SUBACK;
import static io.lws.mqtt.packet.PacketType.SUBSCRIBE;
import static io.lws.mqtt.packet.PacketType.UNSUBACK;
import static io.lws.mqtt.packet.PacketType.UNSUBSCRIBE;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The properties of MQTT 5.0 (2.2.2.2): identifier, type of the value, bounds, and where each may stand. */
public enum MqttProperty {
    PAYLOAD_FORMAT_INDICATOR(1, Kind.BYTE, 0, 1, PUBLISH),
    MESSAGE_EXPIRY_INTERVAL(2, Kind.FOUR_BYTE, PUBLISH),
    CONTENT_TYPE(3, Kind.TEXT, PUBLISH),
    RESPONSE_TOPIC(8, Kind.TEXT, PUBLISH),
    CORRELATION_DATA(9, Kind.BINARY, PUBLISH),
    SUBSCRIPTION_IDENTIFIER(11, Kind.VARIABLE, 1, 268_435_455, PUBLISH, SUBSCRIBE),
    SESSION_EXPIRY_INTERVAL(17, Kind.FOUR_BYTE, CONNECT, CONNACK, DISCONNECT),
    ASSIGNED_CLIENT_IDENTIFIER(18, Kind.TEXT, CONNACK),
    SERVER_KEEP_ALIVE(19, Kind.TWO_BYTE, CONNACK),
    AUTHENTICATION_METHOD(21, Kind.TEXT, CONNECT, CONNACK, AUTH),
    AUTHENTICATION_DATA(22, Kind.BINARY, CONNECT, CONNACK, AUTH),
    REQUEST_PROBLEM_INFORMATION(23, Kind.BYTE, 0, 1, CONNECT),
    /** Of a will only. */
    WILL_DELAY_INTERVAL(24, Kind.FOUR_BYTE),
    REQUEST_RESPONSE_INFORMATION(25, Kind.BYTE, 0, 1, CONNECT),
    RESPONSE_INFORMATION(26, Kind.TEXT, CONNACK),
    SERVER_REFERENCE(28, Kind.TEXT, CONNACK, DISCONNECT),
    REASON_STRING(31, Kind.TEXT, CONNACK, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBACK, DISCONNECT, AUTH),
    RECEIVE_MAXIMUM(33, Kind.TWO_BYTE, 1, 65535, CONNECT, CONNACK),
    TOPIC_ALIAS_MAXIMUM(34, Kind.TWO_BYTE, CONNECT, CONNACK),
    TOPIC_ALIAS(35, Kind.TWO_BYTE, 0, 65535, PUBLISH),
    MAXIMUM_QOS(36, Kind.BYTE, 0, 1, CONNACK),
    RETAIN_AVAILABLE(37, Kind.BYTE, 0, 1, CONNACK),
    USER_PROPERTY(
            38,
            Kind.PAIR,
            CONNECT,
            CONNACK,
            PUBLISH,
            PUBACK,
            PUBREC,
            PUBREL,
            PUBCOMP,
            SUBSCRIBE,
            SUBACK,
            UNSUBSCRIBE,
            UNSUBACK,
            DISCONNECT,
            AUTH),
    MAXIMUM_PACKET_SIZE(39, Kind.FOUR_BYTE, 1, 0xffff_ffffL, CONNECT, CONNACK),
    WILDCARD_SUBSCRIPTION_AVAILABLE(40, Kind.BYTE, 0, 1, CONNACK),
    SUBSCRIPTION_IDENTIFIER_AVAILABLE(41, Kind.BYTE, 0, 1, CONNACK),
    SHARED_SUBSCRIPTION_AVAILABLE(42, Kind.BYTE, 0, 1, CONNACK);

    /** What a property's value is on the wire (1.5). */
    public enum Kind {
        BYTE(0xff),
        TWO_BYTE(0xffff),
        FOUR_BYTE(0xffff_ffffL),
        VARIABLE(268_435_455),
        TEXT(0),
        BINARY(0),
        PAIR(0);

        private final long max;

        Kind(long max) {
            this.max = max;
        }

        boolean isNumber() {
            return max > 0;
        }
    }

    private static final int MAX_BINARY_BYTES = 65535;

    private static final @Nullable MqttProperty[] BY_IDENTIFIER = new @Nullable MqttProperty[43];

    static {
        for (MqttProperty each : values()) {
            BY_IDENTIFIER[each.identifier] = each;
        }
    }

    private final int identifier;
    private final Kind kind;
    private final long min;
    private final long max;
    private final Set<PacketType> packets;

    MqttProperty(int identifier, Kind kind, PacketType... packets) {
        this(identifier, kind, 0, kind.max, packets);
    }

    MqttProperty(int identifier, Kind kind, long min, long max, PacketType... packets) {
        this.identifier = identifier;
        this.kind = kind;
        this.min = min;
        this.max = max;
        EnumSet<PacketType> set = EnumSet.noneOf(PacketType.class);
        set.addAll(List.of(packets));
        this.packets = Collections.unmodifiableSet(set);
    }

    /** The property of that identifier, or {@code null}. */
    public static @Nullable MqttProperty of(int identifier) {
        return identifier >= 0 && identifier < BY_IDENTIFIER.length ? BY_IDENTIFIER[identifier] : null;
    }

    public int identifier() {
        return identifier;
    }

    public Kind kind() {
        return kind;
    }

    public boolean isAllowedIn(PacketType packet) {
        return packets.contains(packet);
    }

    public boolean isAllowedInWill() {
        return this == WILL_DELAY_INTERVAL
                || (isAllowedIn(PUBLISH) && this != TOPIC_ALIAS && this != SUBSCRIPTION_IDENTIFIER);
    }

    /** Whether it may stand more than once in such a packet. */
    public boolean isRepeatableIn(PacketType packet) {
        return this == USER_PROPERTY || (this == SUBSCRIPTION_IDENTIFIER && packet == PUBLISH);
    }

    /** Whether a value, as {@link MqttProperties} has them, is of the type and in the bounds of this property. */
    boolean canBe(Object value) {
        if (kind.isNumber()) {
            return value instanceof Long number && isInBounds(number);
        }
        return switch (kind) {
            case TEXT ->
                value instanceof String text && Topics.isText(text) && (this != RESPONSE_TOPIC || Topics.isName(text));
            case BINARY -> value instanceof ByteBuffer bytes && bytes.remaining() <= MAX_BINARY_BYTES;
            default -> value instanceof MqttProperties.Pair;
        };
    }

    /** Whether a number is one that this property may have. */
    public boolean isInBounds(long value) {
        return value >= min && value <= max;
    }
}
