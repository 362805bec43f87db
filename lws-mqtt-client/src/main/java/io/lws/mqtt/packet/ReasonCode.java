package io.lws.mqtt.packet;

import java.util.Map;

/** Reason codes of MQTT 5.0 (2.4). Below 0x80 all is well. 3.1.1 has them only where a method here says so. */
public final class ReasonCode {
    public static final int SUCCESS = 0x00;
    public static final int DISCONNECT_WITH_WILL = 0x04;
    public static final int NO_MATCHING_SUBSCRIBERS = 0x10;
    public static final int CONTINUE_AUTHENTICATION = 0x18;
    public static final int REAUTHENTICATE = 0x19;
    public static final int UNSPECIFIED_ERROR = 0x80;
    public static final int MALFORMED_PACKET = 0x81;
    public static final int PROTOCOL_ERROR = 0x82;
    public static final int UNSUPPORTED_VERSION = 0x84;
    public static final int CLIENT_ID_NOT_VALID = 0x85;
    public static final int BAD_USER_OR_PASSWORD = 0x86;
    public static final int NOT_AUTHORIZED = 0x87;
    public static final int SERVER_UNAVAILABLE = 0x88;
    public static final int BAD_AUTHENTICATION_METHOD = 0x8c;
    public static final int KEEP_ALIVE_TIMEOUT = 0x8d;
    public static final int SESSION_TAKEN_OVER = 0x8e;
    public static final int TOPIC_NAME_INVALID = 0x90;
    public static final int PACKET_ID_NOT_FOUND = 0x92;
    public static final int RECEIVE_MAXIMUM_EXCEEDED = 0x93;
    public static final int TOPIC_ALIAS_INVALID = 0x94;
    public static final int PACKET_TOO_LARGE = 0x95;
    public static final int QUOTA_EXCEEDED = 0x97;
    public static final int RETAIN_NOT_SUPPORTED = 0x9a;
    public static final int QOS_NOT_SUPPORTED = 0x9b;
    public static final int USE_ANOTHER_SERVER = 0x9c;
    public static final int SERVER_MOVED = 0x9d;
    public static final int SHARED_SUBSCRIPTIONS_NOT_SUPPORTED = 0x9e;
    public static final int SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED = 0xa1;
    public static final int WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED = 0xa2;

    private static final Map<Integer, String> TEXT = Map.ofEntries(
            Map.entry(SUCCESS, "success"),
            Map.entry(UNSPECIFIED_ERROR, "unspecified error"),
            Map.entry(MALFORMED_PACKET, "malformed packet"),
            Map.entry(PROTOCOL_ERROR, "protocol error"),
            Map.entry(UNSUPPORTED_VERSION, "unsupported protocol version"),
            Map.entry(CLIENT_ID_NOT_VALID, "client identifier not valid"),
            Map.entry(BAD_USER_OR_PASSWORD, "bad user name or password"),
            Map.entry(NOT_AUTHORIZED, "not authorized"),
            Map.entry(SERVER_UNAVAILABLE, "server unavailable"),
            Map.entry(BAD_AUTHENTICATION_METHOD, "bad authentication method"),
            Map.entry(KEEP_ALIVE_TIMEOUT, "keep alive timeout"),
            Map.entry(SESSION_TAKEN_OVER, "session taken over"),
            Map.entry(TOPIC_NAME_INVALID, "topic name invalid"),
            Map.entry(PACKET_ID_NOT_FOUND, "packet identifier not found"),
            Map.entry(RECEIVE_MAXIMUM_EXCEEDED, "receive maximum exceeded"),
            Map.entry(TOPIC_ALIAS_INVALID, "topic alias invalid"),
            Map.entry(PACKET_TOO_LARGE, "packet too large"),
            Map.entry(QUOTA_EXCEEDED, "quota exceeded"),
            Map.entry(RETAIN_NOT_SUPPORTED, "retain not supported"),
            Map.entry(QOS_NOT_SUPPORTED, "QoS not supported"),
            Map.entry(USE_ANOTHER_SERVER, "use another server"),
            Map.entry(SERVER_MOVED, "server moved"),
            Map.entry(SHARED_SUBSCRIPTIONS_NOT_SUPPORTED, "shared subscriptions not supported"),
            Map.entry(SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED, "subscription identifiers not supported"),
            Map.entry(WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED, "wildcard subscriptions not supported"));

    /** What 3.1.1 refuses a CONNECT with, 1 to 5, in the words of 5.0. */
    private static final int[] CONNACK_OF_3 = {
        SUCCESS, UNSUPPORTED_VERSION, CLIENT_ID_NOT_VALID, SERVER_UNAVAILABLE, BAD_USER_OR_PASSWORD, NOT_AUTHORIZED
    };

    private ReasonCode() {}

    public static boolean isError(int code) {
        return code >= UNSPECIFIED_ERROR;
    }

    /** @throws IllegalArgumentException for what is no code at all */
    static void requireCode(int code) {
        if (code < 0 || code > 0xff) {
            throw new IllegalArgumentException("reason code " + code);
        }
    }

    /** For people: the standard's name where this client knows it, else the number. */
    public static String text(int code) {
        return TEXT.getOrDefault(code, String.format("reason 0x%02x", code));
    }

    /** The same, with the reason that a broker gives beside it. */
    public static String text(int code, MqttProperties properties) {
        String why = properties.text(MqttProperty.REASON_STRING);
        return why == null ? text(code) : text(code) + ": " + why;
    }

    /** The code of 5.0 for a return code of 3.1.1's CONNACK; -1 = there is no such return code. */
    public static int ofReturnCode(int returnCode) {
        return returnCode < CONNACK_OF_3.length ? CONNACK_OF_3[returnCode] : -1;
    }
}
