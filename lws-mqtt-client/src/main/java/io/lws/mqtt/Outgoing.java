package io.lws.mqtt;

import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.PayloadSource;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.ReasonCode;
import org.jspecify.annotations.Nullable;

/** One message on its way to the broker. */
final class Outgoing {
    /** Who waits for the end instead of the protocol. */
    @FunctionalInterface
    interface WhenDone {
        void accept(int reasonCode, MqttProperties answer);
    }

    /** How far it has come, over all connections. */
    enum State {
        /** Not sent yet. */
        WAITING,
        /** PUBLISH is out, its answer is not there. */
        SENT,
        /** QoS 2: PUBREC is there, PUBREL is out. */
        RELEASED
    }

    final MqttMessage message;
    /** 0 at QoS 0. */
    final int packetId;

    /** Has the payload, where it is not in the message. */
    final @Nullable PayloadSource source;

    final @Nullable WhenDone whenDone;
    State state = State.WAITING;
    /** Sent over an earlier connection: goes out again, marked. */
    boolean dup;
    /** Counts against the broker's receive maximum. */
    boolean inWindow;
    /** QoS 2: what PUBREC has said, which is the answer once PUBCOMP is there. */
    int reasonCode = ReasonCode.SUCCESS;

    MqttProperties answer = MqttProperties.NONE;

    Outgoing(MqttMessage message, @Nullable PayloadSource source, int packetId, @Nullable WhenDone whenDone) {
        this.message = message;
        this.source = source;
        this.packetId = packetId;
        this.whenDone = whenDone;
    }

    int payloadBytes() {
        return source == null ? message.payloadBytes() : source.totalBytes();
    }

    boolean isAcknowledged() {
        return message.qos() != Qos.AT_MOST_ONCE;
    }
}
