package io.lws.mqtt;

import io.lws.Session;
import io.lws.Vhost;
import io.lws.mqtt.packet.MqttMessage;
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
     * Begins a session on the least loaded loop of {@code vhost}'s context and connects. Any thread.
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
     */
    Publishing publish(MqttMessage message);

    /** Asks for messages; {@code onSubscribed} brings the answer. Kept over reconnections until {@link #unsubscribe}. */
    void subscribe(List<Subscription> subscriptions);

    default void subscribe(Subscription... subscriptions) {
        subscribe(List.of(subscriptions));
    }

    void unsubscribe(List<String> filters);

    /**
     * Has the options' authenticator begin anew on the open connection, say because a token runs out; {@code
     * onReauthenticated} says that the broker is content, and one that is not ends the connection. Nothing happens while
     * one is under way, or without a connection: the next begins with it. {@code IllegalStateException} without an
     * authenticator.
     */
    void reauthenticate();

    /** Ends the session: DISCONNECT, without will. What the store holds stays there. */
    void close();

    /** Ends the session with a reason code of DISCONNECT; 0x04 asks for the will to be published. */
    void close(int reasonCode);

    /** Cuts the connection without a word, as a crash would; the session goes on. */
    void dropConnection();
}
