package io.lws.mqtt;

import io.lws.Session;
import io.lws.Vhost;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.PayloadSource;
import io.lws.mqtt.packet.Subscription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's session with a broker, over as many connections as it takes. Belongs to its loop. */
public interface MqttSession<S extends @Nullable Object> extends Session<S> {
    /** What becomes of a message that is offered. */
    enum Publishing {
        /** It is sent as soon as the broker takes it. */
        TAKEN,
        /** Too much is waiting; {@code onWriteable} comes, when asked for, once there is room. */
        FULL,
        /** The session has ended. */
        CLOSED
    }

    /**
     * Begins a session on the least loaded loop of {@code vhost}'s context and connects. It ends with that context, also
     * one that retires: who comes after it may have a session of the same client identifier. Any thread.
     *
     * @return the session, of which only what any thread may call is to be used off its loop
     */
    static <S extends @Nullable Object> MqttSession<S> open(
            Vhost vhost, MqttOptions options, MqttProtocol<S> protocol) {
        return ClientSession.open(vhost, options, protocol);
    }

    /** The identifier given, made up, or assigned by the broker. */
    String clientId();

    /** True between {@code onEstablished} and {@code onDisconnected}. */
    boolean isConnected();

    /**
     * Takes a message for publishing, also while there is no connection. At QoS 1 and 2 it is in the store when this
     * returns, and is sent until {@code onAck} says that it is done; at QoS 0 a lost connection loses it.
     *
     * <p>A broker that has forgotten the session cannot say whether it has had a message of QoS 2 that was under way:
     * that one is done with code 0x92, and never sent again unasked. Messages of QoS 1 are sent again.
     *
     * @throws IllegalArgumentException for one with a subscription identifier, as messages have that were received: only a
     *     broker may send it
     */
    Publishing publish(MqttMessage message);

    /**
     * As {@link #publish(MqttMessage)}, of a message the payload of which is read in pieces while the broker takes it, so
     * that no more than a piece is held of it (lws: {@code payload_len} and {@code payload_pos}). {@code message} has no
     * payload of its own; {@code onAck} brings it back as it is.
     *
     * <p>Until the payload has ended nothing else goes out on the connection. A source that has nothing for a while is
     * asked again after {@link #requestWriteable}; keep-alive bounds how long that may take. One that fails costs the
     * connection, and its message is done with 0x80. At QoS 1 and 2 it is read again after a lost connection, and the
     * store must be able to keep it: {@code FileInFlightStore} keeps {@link PayloadSource#ofFile} alone.
     *
     * @throws IllegalArgumentException for a payload in {@code message} too, one longer than a packet can be, or a source
     *     that the store cannot keep
     */
    Publishing publish(MqttMessage message, PayloadSource payload);

    /**
     * Asks for messages; {@code onSubscribed} brings the answer. Kept over reconnections until {@link #unsubscribe}. What
     * the broker has said it cannot do it is not asked: the code is 0x9E, 0xA1 or 0xA2, or 0x95 for more filters than its
     * longest packet holds.
     */
    void subscribe(List<Subscription> subscriptions);

    /**
     * As {@link #subscribe(List)}, with a subscription identifier, which each message that answers one of the filters then
     * has among its properties, and user properties (5.0; 3.1.1 has none of them).
     *
     * @throws IllegalArgumentException for other properties, and on a shared connection, where filters are merged
     */
    void subscribe(List<Subscription> subscriptions, MqttProperties properties);

    /** {@link #subscribe(List)} of some. */
    default void subscribe(Subscription... subscriptions) {
        subscribe(List.of(subscriptions));
    }

    /** Takes subscriptions back, by the filters they were asked for with; {@code onUnsubscribed} brings the answer. */
    void unsubscribe(List<String> filters);

    /**
     * Has the options' authenticator begin anew on the open connection, say because a token runs out; {@code
     * onReauthenticated} says that the broker is content, and one that is not ends the connection. Nothing happens while
     * one is under way, or without a connection: the next begins with it. {@code IllegalStateException} without an
     * authenticator.
     */
    void reauthenticate();

    /**
     * Ends the session: DISCONNECT, without will, unless a payload is half out, in which DISCONNECT has no place. What the
     * store holds stays there.
     */
    void close();

    /**
     * Ends the session with a reason code of DISCONNECT. 0x04 asks for the will to be published, and so does any error; MQTT
     * 3.1.1 cannot say that, so the connection ends without DISCONNECT there, to the same effect.
     *
     * @throws IllegalArgumentException for a code that no client's DISCONNECT has
     */
    void close(int reasonCode);

    /**
     * As {@link #close(int)}, with properties (5.0): a session expiry interval, such as 0 for a session that was kept and is
     * not wanted any more, a reason string, user properties.
     *
     * @throws IllegalArgumentException for others, for an expiry of a session that is not kept, and for any on a shared
     *     connection, which goes on
     */
    void close(int reasonCode, MqttProperties properties);

    /** Cuts the connection without a word, as a crash would; the session goes on. */
    void dropConnection();
}
