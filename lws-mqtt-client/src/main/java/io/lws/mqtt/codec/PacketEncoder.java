package io.lws.mqtt.codec;

import io.lws.mqtt.packet.Ack;
import io.lws.mqtt.packet.Auth;
import io.lws.mqtt.packet.Connect;
import io.lws.mqtt.packet.Disconnect;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.PacketType;
import io.lws.mqtt.packet.PublishHead;
import io.lws.mqtt.packet.Subscribe;
import io.lws.mqtt.packet.Unsubscribe;
import java.nio.ByteBuffer;

/** Packets of a client as bytes. What a method returns is good until the next call of any. */
public final class PacketEncoder {
    private final FieldEncoder fields = new FieldEncoder();
    private final ConnectEncoder connect = new ConnectEncoder(fields);
    private final PublishEncoder publish;
    private final AckEncoder ack;
    private final SubscribeEncoder subscribe;
    private final UnsubscribeEncoder unsubscribe;
    private final ReasonEncoder reason;

    public PacketEncoder(MqttVersion version) {
        publish = new PublishEncoder(version, fields);
        ack = new AckEncoder(version, fields);
        subscribe = new SubscribeEncoder(version, fields);
        unsubscribe = new UnsubscribeEncoder(version, fields);
        reason = new ReasonEncoder(version, fields);
    }

    public ByteBuffer encode(Connect packet) {
        return connect.encode(packet);
    }

    /** Without the payload, which goes behind it. */
    public ByteBuffer encode(PublishHead head) {
        return publish.encode(head);
    }

    public ByteBuffer encode(Ack packet) {
        return ack.encode(packet);
    }

    public ByteBuffer encode(Subscribe packet) {
        return subscribe.encode(packet);
    }

    public ByteBuffer encode(Unsubscribe packet) {
        return unsubscribe.encode(packet);
    }

    public ByteBuffer encode(Disconnect packet) {
        return reason.encode(packet);
    }

    public ByteBuffer encode(Auth packet) {
        return reason.encode(packet);
    }

    public ByteBuffer pingReq() {
        return fields.begin().end(PacketType.PINGREQ.firstByte());
    }
}
