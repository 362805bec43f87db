package io.lws.mqtt;

import java.nio.ByteBuffer;

/**
 * Enhanced authentication (4.12), such as SCRAM: one instance per session, called on its loop, begun anew by each connection
 * and each {@link MqttSession#reauthenticate}.
 */
public interface MqttAuthenticator {
    /** The name of the method, as the broker knows it. */
    String method();

    /** What CONNECT carries. */
    ByteBuffer begin();

    /** The answer to a challenge. What this throws ends the session. */
    ByteBuffer answer(ByteBuffer challenge);

    /**
     * The broker is content; {@code last} is what it says with that, often nothing. A method by which the broker proves itself
     * too, such as SCRAM, checks it here. What this throws ends the session.
     */
    default void succeeded(ByteBuffer last) {}
}
