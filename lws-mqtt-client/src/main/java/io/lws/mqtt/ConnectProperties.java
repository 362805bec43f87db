package io.lws.mqtt;

import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttProperty;
import java.time.Duration;

/** The properties of our CONNECT (3.1.2.11), from the options. */
final class ConnectProperties {
    private static final long FOR_EVER = 0xffff_ffffL;

    private ConnectProperties() {}

    static MqttProperties of(MqttOptions options) {
        MqttProperties.Builder all = MqttProperties.builder();
        if (!options.version().isV5()) {
            return all.build();
        }
        number(all, MqttProperty.SESSION_EXPIRY_INTERVAL, seconds(options.sessionExpiry()));
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

    private static long seconds(Duration expiry) {
        return Math.min(FOR_EVER, expiry.toSeconds());
    }
}
