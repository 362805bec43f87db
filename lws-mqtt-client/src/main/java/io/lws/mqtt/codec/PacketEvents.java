package io.lws.mqtt.codec;

import io.lws.mqtt.packet.Ack;
import io.lws.mqtt.packet.Auth;
import io.lws.mqtt.packet.ConnAck;
import io.lws.mqtt.packet.Disconnect;
import io.lws.mqtt.packet.PublishHead;
import io.lws.mqtt.packet.SubAck;
import io.lws.mqtt.packet.UnsubAck;
import java.nio.ByteBuffer;

/** What a {@link PacketDecoder} finds, in the order of the wire. */
public interface PacketEvents {
    void onConnAck(ConnAck packet);

    /** {@link #onPayload} follows, once or more often. */
    void onPublish(PublishHead head);

    /**
     * A piece of the last PUBLISH's payload, lent for the call. A payload of no bytes comes as one empty piece.
     *
     * @param offset where the piece begins in the payload
     */
    void onPayload(ByteBuffer piece, int offset);

    void onAck(Ack packet);

    void onSubAck(SubAck packet);

    void onUnsubAck(UnsubAck packet);

    void onPingResp();

    void onDisconnect(Disconnect packet);

    void onAuth(Auth packet);
}
