package io.lws.mqtt.codec;

import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.PacketType;
import io.lws.mqtt.packet.PublishHead;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts what a broker sends into packets. A packet's flags and its declared length are checked before anything of it is
 * kept; what is kept grows with the bytes that came, not with what was declared; a payload is never kept. What breaks
 * the standard is a {@link io.lws.ProtocolException} with the reason code, after which the decoder is of no use.
 */
public final class PacketDecoder {
    private static final int MIN_KEPT_BYTES = 64;

    /** What the next byte belongs to. */
    private enum Part {
        FIRST_BYTE,
        LENGTH,
        BODY,
        PUBLISH_HEAD,
        PAYLOAD
    }

    private final PacketEvents events;
    private final MqttVersion version;
    private final int maxPacketBytes;
    private final ConnAckDecoder connAck;
    private final PublishDecoder publish;
    private final AckDecoder ack;
    private final SubAckDecoder subAck;
    private final UnsubAckDecoder unsubAck;
    private final DisconnectDecoder disconnect;
    private final AuthDecoder auth;

    private Part part = Part.FIRST_BYTE;
    private PacketType type = PacketType.RESERVED;
    private int firstByte;
    private int lengthShift;
    /** Of the packet's rest behind the fixed header. */
    private int length;

    private byte[] kept = new byte[0];
    private int keptBytes;
    private int payloadBytes;
    private int payloadSeen;

    /** {@code maxPacketBytes} counts the whole packet, as Maximum Packet Size does (3.1.2.11.4). */
    public PacketDecoder(MqttVersion version, int maxPacketBytes, PacketEvents events) {
        this.version = version;
        this.maxPacketBytes = maxPacketBytes;
        this.events = events;
        FieldDecoder fields = new FieldDecoder();
        connAck = new ConnAckDecoder(version, fields);
        publish = new PublishDecoder(version, fields);
        ack = new AckDecoder(version, fields);
        subAck = new SubAckDecoder(version, fields);
        unsubAck = new UnsubAckDecoder(version, fields);
        disconnect = new DisconnectDecoder(fields);
        auth = new AuthDecoder(fields);
    }

    /**
     * Takes bytes up to the next event, so that the caller may stop in between; call it while bytes are left. Bytes are
     * taken whether or not they make an event.
     */
    public void decode(ByteBuffer in) {
        boolean goesOn = true;
        while (goesOn && in.hasRemaining()) {
            goesOn = switch (part) {
                case FIRST_BYTE -> firstByte(in.get() & 0xff);
                case LENGTH -> length(in.get() & 0xff);
                case BODY -> body(in);
                case PUBLISH_HEAD -> publishHead(in);
                case PAYLOAD -> payload(in);
            };
        }
    }

    private boolean firstByte(int value) {
        firstByte = value;
        type = PacketType.ofFirstByte(value);
        if (type == PacketType.PUBLISH) {
            PublishDecoder.checkFlags(value);
        } else {
            checkType(value);
        }
        length = 0;
        lengthShift = 0;
        part = Part.LENGTH;
        return true;
    }

    private void checkType(int value) {
        switch (type) {
            case RESERVED -> throw Violations.malformed("packet type 0");
            case CONNECT, SUBSCRIBE, UNSUBSCRIBE, PINGREQ -> throw Violations.protocolError(type + " from a broker");
            case AUTH, DISCONNECT -> {
                if (!version.isV5()) {
                    throw Violations.protocolError(type + " from a broker of MQTT 3.1.1");
                }
            }
            default -> {}
        }
        if ((value & 0x0f) != type.flags()) {
            throw Violations.malformed("flags of " + type);
        }
    }

    private boolean length(int b) {
        length |= (b & 0x7f) << lengthShift;
        if (b >= 0x80) {
            lengthShift += 7;
            if (lengthShift > 21) {
                throw Violations.malformed("a remaining length of more than four bytes");
            }
            return true;
        }
        if (b == 0 && lengthShift > 0) {
            throw Violations.malformed("a remaining length in more bytes than it needs");
        }
        long packetBytes = 2L + lengthShift / 7 + length;
        if (packetBytes > maxPacketBytes) {
            throw Violations.tooLarge(packetBytes, maxPacketBytes);
        }
        return begin();
    }

    private boolean begin() {
        keptBytes = 0;
        if (type == PacketType.PUBLISH) {
            part = Part.PUBLISH_HEAD;
            if (length < 2) {
                throw Violations.cutShort();
            }
            return true;
        }
        part = Part.BODY;
        if (length == 0) {
            finish(ByteBuffer.allocate(0));
            return false;
        }
        return true;
    }

    // ---- packets that are read whole

    private boolean body(ByteBuffer in) {
        if (keptBytes == 0 && in.remaining() >= length) {
            int limit = in.limit();
            in.limit(in.position() + length);
            finish(in);
            in.limit(limit);
            return false;
        }
        keep(in, length - keptBytes);
        if (keptBytes < length) {
            return true;
        }
        finish(ByteBuffer.wrap(kept, 0, keptBytes));
        forgetKept();
        return false;
    }

    private void finish(ByteBuffer body) {
        part = Part.FIRST_BYTE;
        switch (type) {
            case CONNACK -> events.onConnAck(whole(connAck.decode(body), body));
            case PUBACK, PUBREC, PUBREL, PUBCOMP -> events.onAck(whole(ack.decode(type, body), body));
            case SUBACK -> events.onSubAck(subAck.decode(body));
            case UNSUBACK -> events.onUnsubAck(whole(unsubAck.decode(body), body));
            case PINGRESP -> {
                FieldDecoder.expectEnd(body);
                events.onPingResp();
            }
            case DISCONNECT -> events.onDisconnect(whole(disconnect.decode(body), body));
            case AUTH -> events.onAuth(whole(auth.decode(body), body));
            default -> throw new IllegalStateException(type.name());
        }
    }

    private static <T> T whole(T packet, ByteBuffer body) {
        FieldDecoder.expectEnd(body);
        return packet;
    }

    // ---- publish

    private boolean publishHead(ByteBuffer in) {
        if (keptBytes == 0) {
            int headBytes = publish.headBytes(firstByte, in, length);
            if (headBytes != PublishDecoder.MORE && headBytes <= in.remaining()) {
                int limit = in.limit();
                in.limit(in.position() + headBytes);
                PublishHead head = publish.decode(firstByte, in, length - headBytes);
                in.limit(limit);
                return published(head);
            }
        }
        return keptHead(in);
    }

    /** Keeps no byte of the payload: first what says how long the head is, then as much as it said. */
    private boolean keptHead(ByteBuffer in) {
        int headBytes = publish.headBytes(firstByte, ByteBuffer.wrap(kept, 0, keptBytes), length);
        keep(in, headBytes == PublishDecoder.MORE ? 1 : headBytes - keptBytes);
        headBytes = publish.headBytes(firstByte, ByteBuffer.wrap(kept, 0, keptBytes), length);
        if (headBytes == PublishDecoder.MORE || headBytes > keptBytes) {
            return true;
        }
        PublishHead head = publish.decode(firstByte, ByteBuffer.wrap(kept, 0, keptBytes), length - headBytes);
        forgetKept();
        return published(head);
    }

    private boolean published(PublishHead head) {
        part = Part.PAYLOAD;
        payloadBytes = head.payloadBytes();
        payloadSeen = 0;
        events.onPublish(head);
        if (payloadBytes == 0) {
            part = Part.FIRST_BYTE;
            events.onPayload(ByteBuffer.allocate(0), 0);
            return false;
        }
        return true;
    }

    private boolean payload(ByteBuffer in) {
        int offset = payloadSeen;
        int n = Math.min(in.remaining(), payloadBytes - offset);
        ByteBuffer piece = in.slice(in.position(), n);
        in.position(in.position() + n);
        payloadSeen += n;
        if (payloadSeen == payloadBytes) {
            part = Part.FIRST_BYTE;
        }
        events.onPayload(piece, offset);
        return false;
    }

    // ---- what is kept of a packet that is not there yet

    private void keep(ByteBuffer in, int wanted) {
        int n = Math.min(wanted, in.remaining());
        if (keptBytes + n > kept.length) {
            kept = Arrays.copyOf(kept, Math.min(length, Math.max(2 * kept.length, keptBytes + n + MIN_KEPT_BYTES)));
        }
        in.get(kept, keptBytes, n);
        keptBytes += n;
    }

    private void forgetKept() {
        keptBytes = 0;
        kept = new byte[0];
    }
}
