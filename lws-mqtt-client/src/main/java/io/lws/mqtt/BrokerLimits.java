package io.lws.mqtt;

import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttProperty;
import io.lws.mqtt.packet.ReasonCode;

/** What a broker says in CONNACK that it takes (3.2.2.3). {@code keepAliveSeconds} is -1 where it says nothing. */
record BrokerLimits(
        int receiveMaximum, int maxQos, boolean retain, long maxPacketBytes, int topicAliases, long keepAliveSeconds) {

    static final BrokerLimits NONE = new BrokerLimits(65535, 2, true, Long.MAX_VALUE, 0, -1);

    static BrokerLimits of(MqttProperties properties, int inFlightMaximum) {
        return new BrokerLimits(
                (int) Math.min(inFlightMaximum, properties.number(MqttProperty.RECEIVE_MAXIMUM, 65535)),
                (int) properties.number(MqttProperty.MAXIMUM_QOS, 2),
                properties.number(MqttProperty.RETAIN_AVAILABLE, 1) == 1,
                properties.number(MqttProperty.MAXIMUM_PACKET_SIZE, Long.MAX_VALUE),
                (int) properties.number(MqttProperty.TOPIC_ALIAS_MAXIMUM, 0),
                properties.number(MqttProperty.SERVER_KEEP_ALIVE, -1));
    }

    /** Why the broker would end the connection over this message; SUCCESS when it would not. */
    int refusal(MqttMessage message) {
        if (message.qos().number() > maxQos) {
            return ReasonCode.QOS_NOT_SUPPORTED;
        }
        return message.retain() && !retain ? ReasonCode.RETAIN_NOT_SUPPORTED : ReasonCode.SUCCESS;
    }
}
