package io.lws.mqtt;

import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttProperty;
import io.lws.mqtt.packet.PacketType;
import java.util.EnumSet;
import java.util.Set;

/** The properties of our CONNECT (3.1.2.11), from the options. */
final class ConnectProperties {
    private static final long FOR_EVER = 0xffff_ffffL;

    private ConnectProperties() {}

    private static final Set<MqttProperty> OPTIONS = EnumSet.of(
            MqttProperty.SESSION_EXPIRY_INTERVAL,
            MqttProperty.RECEIVE_MAXIMUM,
            MqttProperty.MAXIMUM_PACKET_SIZE,
            MqttProperty.TOPIC_ALIAS_MAXIMUM,
            MqttProperty.AUTHENTICATION_METHOD,
            MqttProperty.AUTHENTICATION_DATA);

    /** @throws IllegalArgumentException for what an option says, or what a CONNECT does not have */
    static void requireOthers(MqttProperties given) {
        given.requireFor(PacketType.CONNECT);
        for (MqttProperties.Entry each : given.entries()) {
            if (OPTIONS.contains(each.property())) {
                throw new IllegalArgumentException(each.property() + " has an option of its own");
            }
        }
    }

    static MqttProperties of(MqttOptions options) {
        MqttProperties.Builder all = MqttProperties.builder();
        if (!options.version().isV5()) {
            return all.build();
        }
        number(all, MqttProperty.SESSION_EXPIRY_INTERVAL, expirySeconds(options));
        number(all, MqttProperty.RECEIVE_MAXIMUM, options.receiveMaximum());
        number(all, MqttProperty.MAXIMUM_PACKET_SIZE, options.maxPacketBytes());
        number(all, MqttProperty.TOPIC_ALIAS_MAXIMUM, options.topicAliasMaximum());
        MqttAuthenticator authenticator = options.authenticator();
        if (authenticator != null) {
            all.text(MqttProperty.AUTHENTICATION_METHOD, authenticator.method());
            all.binary(MqttProperty.AUTHENTICATION_DATA, authenticator.begin());
        }
        return all.addAll(options.connectProperties()).build();
    }

    private static void number(MqttProperties.Builder to, MqttProperty property, long value) {
        if (value > 0) {
            to.number(property, value);
        }
    }

    static long expirySeconds(MqttOptions options) {
        return Math.min(FOR_EVER, options.sessionExpiry().toSeconds());
    }
}
