package io.lws.mqtt;

import io.lws.CloseInfo;
import io.lws.Protocol;
import io.lws.mqtt.packet.ConnAck;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.Subscription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session tells its user (lws: the MQTT callbacks). The contract is {@link Protocol}'s. A session outlives its
 * connections: between {@link #onDisconnected} and the next {@link #onEstablished} it tries again by its retry policy.
 */
public interface MqttProtocol<S extends @Nullable Object> extends Protocol<S> {
    /**
     * The broker has taken the connection. Where it has kept no session, subscriptions made before have been asked for
     * again by the time this comes.
     */
    default void onEstablished(MqttSession<S> mqtt, ConnAck answer) {}

    /**
     * The answer to one {@link MqttSession#subscribe}: one reason code per filter, the granted QoS or an error. Comes unasked
     * where a broker that has forgotten the session refuses what it had granted before.
     *
     * @param answer what SUBACK says besides (5.0): a reason for people, user properties; empty where nothing was asked
     */
    default void onSubscribed(
            MqttSession<S> mqtt, List<Subscription> asked, List<Integer> reasonCodes, MqttProperties answer) {}

    /**
     * The answer to one {@link MqttSession#unsubscribe}; no codes in MQTT 3.1.1.
     *
     * @param answer what UNSUBACK says besides (5.0)
     */
    default void onUnsubscribed(
            MqttSession<S> mqtt, List<String> filters, List<Integer> reasonCodes, MqttProperties answer) {}

    /**
     * A piece of a message, lent for the call; at least one for each. When the last one has been taken the message is
     * acknowledged.
     */
    default void onReceive(MqttSession<S> mqtt, MqttRx rx) {}

    /**
     * A message of QoS 1 or 2 is done: the broker has it, or has refused it, or it cannot be said (see {@link
     * MqttSession#publish}). Messages of an earlier process, kept by a store, come here too.
     *
     * @param reasonCode below 0x80 when the broker has it
     * @param answer what PUBACK or PUBREC says besides (5.0): a reason for people, user properties; empty where the code is
     *     this side's own
     */
    default void onAck(MqttSession<S> mqtt, MqttMessage message, int reasonCode, MqttProperties answer) {}

    /** What {@link MqttSession#reauthenticate} has begun has come to a good end. */
    default void onReauthenticated(MqttSession<S> mqtt) {}

    /** Asked for by {@code requestWriteable}: connected, the broker takes output, and there is room for messages. */
    default void onWriteable(MqttSession<S> mqtt) {}

    /** The connection is lost, or could not be made; another try follows. */
    default void onDisconnected(MqttSession<S> mqtt, CloseInfo info) {}

    /** The session has ended; the last call it gets. */
    default void onClosed(MqttSession<S> mqtt, CloseInfo info) {}
}
