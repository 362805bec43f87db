package io.lws.mqtt.codec;

import io.lws.ProtocolException;
import io.lws.mqtt.packet.Ack;
import io.lws.mqtt.packet.Auth;
import io.lws.mqtt.packet.ConnAck;
import io.lws.mqtt.packet.Disconnect;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.PublishHead;
import io.lws.mqtt.packet.SubAck;
import io.lws.mqtt.packet.UnsubAck;
import io.lws.testing.SplitFeeder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes down what a decoder finds, a payload in one line however it came. */
final class RecordedPackets implements SplitFeeder.Subject, PacketEvents {
    private final PacketDecoder decoder;
    private List<String> lines = new ArrayList<>();
    private StringBuilder payload = new StringBuilder();
    private PublishHead head;
    private boolean dead;

    RecordedPackets(MqttVersion version, int maxPacketBytes) {
        decoder = new PacketDecoder(version, maxPacketBytes, this);
    }

    @Override
    public void feed(ByteBuffer in, List<String> events) {
        lines = events;
        try {
            while (in.hasRemaining() && !dead) {
                decoder.decode(in);
            }
        } catch (ProtocolException e) {
            dead = true;
            events.add("error " + hex(e.code()));
        }
        in.position(in.limit());
    }

    private static String hex(int code) {
        return String.format("0x%02x", code);
    }

    private static String text(MqttProperties properties) {
        StringBuilder text = new StringBuilder();
        for (MqttProperties.Entry each : properties.entries()) {
            text.append(' ').append(each.property()).append('=').append(text(each.value()));
        }
        return text.toString();
    }

    private static String text(Object value) {
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return HexFormat.of().formatHex(copy);
        }
        return value instanceof MqttProperties.Pair pair ? pair.name() + ":" + pair.value() : value.toString();
    }

    @Override
    public void onConnAck(ConnAck packet) {
        lines.add("connack " + (packet.sessionPresent() ? "present " : "new ") + hex(packet.reasonCode())
                + text(packet.properties()));
    }

    @Override
    public void onPublish(PublishHead packet) {
        head = packet;
        payload = new StringBuilder();
        lines.add("publish " + (packet.dup() ? "dup " : "") + (packet.retain() ? "retain " : "") + packet.topic() + " "
                + packet.qos() + " " + packet.packetId() + " of " + packet.payloadBytes() + text(packet.properties()));
    }

    @Override
    public void onPayload(ByteBuffer piece, int offset) {
        payload.append(StandardCharsets.ISO_8859_1.decode(piece.duplicate()));
        if (offset + piece.remaining() == head.payloadBytes()) {
            lines.add("payload " + (payload.isEmpty() ? "" : payload + " ") + "end");
        }
    }

    @Override
    public void onAck(Ack packet) {
        lines.add(packet.type() + " " + packet.packetId() + " " + hex(packet.reasonCode()) + text(packet.properties()));
    }

    @Override
    public void onSubAck(SubAck packet) {
        lines.add("suback " + packet.packetId() + " " + packet.reasonCodes() + text(packet.properties()));
    }

    @Override
    public void onUnsubAck(UnsubAck packet) {
        lines.add("unsuback " + packet.packetId() + " " + packet.reasonCodes() + text(packet.properties()));
    }

    @Override
    public void onPingResp() {
        lines.add("pingresp");
    }

    @Override
    public void onDisconnect(Disconnect packet) {
        lines.add("disconnect " + hex(packet.reasonCode()) + text(packet.properties()));
    }

    @Override
    public void onAuth(Auth packet) {
        lines.add("auth " + hex(packet.reasonCode()) + text(packet.properties()));
    }
}
