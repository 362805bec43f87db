package io.lws.mqtt.codec;

import io.lws.ProtocolException;
import io.lws.mqtt.packet.ReasonCode;

/** What a broker can do wrong, as exceptions with the reason code it is told. */
public final class Violations {
    private Violations() {}

    public static ProtocolException malformed(String what) {
        return new ProtocolException(ReasonCode.MALFORMED_PACKET, what);
    }

    public static ProtocolException protocolError(String what) {
        return new ProtocolException(ReasonCode.PROTOCOL_ERROR, what);
    }

    static ProtocolException tooLarge(long lengthBytes, long maxBytes) {
        return new ProtocolException(
                ReasonCode.PACKET_TOO_LARGE, "packet of " + lengthBytes + " bytes, at most " + maxBytes);
    }

    static ProtocolException badTopic() {
        return new ProtocolException(ReasonCode.TOPIC_NAME_INVALID, "a topic name with a wildcard");
    }

    static ProtocolException cutShort() {
        return malformed("a field is longer than its packet");
    }
}
