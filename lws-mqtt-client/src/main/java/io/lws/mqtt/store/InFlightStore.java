package io.lws.mqtt.store;

import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.PayloadSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a session must know after a lost connection or a killed process: messages accepted for publishing at QoS 1
 * and 2 until the broker has them, and the identifiers of QoS 2 messages received. Every method returns when its fact is
 * kept; what it throws ends the session. Calls come from the session's loop; one store serves one session at a time.
 *
 * <p>A store of one's own can keep these facts in the same transaction as what a message does: {@link #received} comes
 * when the last piece of a message has been given to the protocol and before the broker hears of it.
 */
public interface InFlightStore extends AutoCloseable {
    /** How far an outgoing message has come. */
    enum Stage {
        /** Nobody but us answers for it. */
        ACCEPTED,
        /** QoS 2: the broker has it (PUBREC), and must be told that we know (PUBREL). */
        RELEASED
    }

    /** An outgoing message that is not done; its payload is in the message, or else {@code payload} has it. */
    record Outgoing(
            int packetId,
            Stage stage,
            MqttMessage message,
            @Nullable PayloadSource payload) {
        public Outgoing(int packetId, Stage stage, MqttMessage message) {
            this(packetId, stage, message, null);
        }
    }

    /** What was under way when the store was closed, or its process ended. Outgoing messages in the order accepted. */
    record Kept(List<Outgoing> outgoing, Set<Integer> received) {}

    /** Called once, before anything else. */
    Kept load();

    /** A message was taken for publishing. */
    void accepted(int packetId, MqttMessage message);

    /**
     * A message was taken for publishing, the payload of which stays where it is: what is kept is how to find it. A store
     * that outlives the process refuses, as this default does, what it could not find again.
     *
     * @throws IllegalArgumentException nothing is kept, the message is not taken
     */
    default void accepted(int packetId, MqttMessage message, PayloadSource payload) {
        throw new IllegalArgumentException("this store keeps no payload of the kind " + payload.getClass());
    }

    /** PUBREC has come: the message itself is needed no longer. */
    void released(int packetId);

    /** PUBACK, PUBCOMP or a refusal has come. */
    void completed(int packetId);

    /** A QoS 2 message was received: a second one of this identifier is the same one. */
    void received(int packetId);

    /** PUBREL has come: the identifier is free for another message. */
    void forgotten(int packetId);

    /**
     * How many messages have ever been accepted. A source that numbers its messages can go on from here after a crash,
     * without losing or repeating one.
     */
    long acceptedCount();

    /** Frees what it holds; what it keeps stays. */
    @Override
    void close();
}
