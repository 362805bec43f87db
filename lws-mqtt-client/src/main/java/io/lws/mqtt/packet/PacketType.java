package io.lws.mqtt.packet;

/** The control packets (MQTT 5.0, 2.1.2); the ordinal is the number on the wire. */
public enum PacketType {
    RESERVED,
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
    PINGREQ,
    PINGRESP,
    DISCONNECT,
    AUTH;

    private static final PacketType[] VALUES = values();
    private static final int MAX_IDENTIFIER = 65535;

    /** Of the upper four bits of a packet's first byte. */
    public static PacketType ofFirstByte(int firstByte) {
        return VALUES[firstByte >> 4 & 0x0f];
    }

    /** The lower four bits that every packet of this type but PUBLISH must have. */
    public int flags() {
        return this == PUBREL || this == SUBSCRIBE || this == UNSUBSCRIBE ? 2 : 0;
    }

    /** @throws IllegalArgumentException unless {@code packetId} can stand in a packet that has one */
    static void requireIdentifier(int packetId) {
        if (packetId < 1 || packetId > MAX_IDENTIFIER) {
            throw new IllegalArgumentException("packet identifier " + packetId);
        }
    }

    /** The first byte of a packet of this type; PUBLISH adds its flags. */
    public int firstByte() {
        return ordinal() << 4 | flags();
    }
}
