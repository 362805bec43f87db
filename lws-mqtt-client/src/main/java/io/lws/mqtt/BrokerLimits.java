package io.lws.mqtt;

import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttProperty;
import io.lws.mqtt.packet.ReasonCode;
import io.lws.mqtt.packet.Subscription;
import io.lws.mqtt.packet.Topics;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a broker says in CONNACK that it takes (3.2.2.3). {@code keepAliveSeconds} is -1 where it says nothing, {@code
 * missing} what it says it cannot.
 */
record BrokerLimits(
        int receiveMaximum,
        int maxQos,
        long maxPacketBytes,
        int topicAliases,
        long keepAliveSeconds,
        Set<MqttProperty> missing) {

    static final BrokerLimits NONE = new BrokerLimits(65535, 2, Long.MAX_VALUE, 0, -1, Set.of());

    private static final List<MqttProperty> ABILITIES = List.of(
            MqttProperty.RETAIN_AVAILABLE,
            MqttProperty.WILDCARD_SUBSCRIPTION_AVAILABLE,
            MqttProperty.SUBSCRIPTION_IDENTIFIER_AVAILABLE,
            MqttProperty.SHARED_SUBSCRIPTION_AVAILABLE);

    static BrokerLimits of(MqttProperties properties, int inFlightMaximum) {
        return new BrokerLimits(
                (int) Math.min(inFlightMaximum, properties.number(MqttProperty.RECEIVE_MAXIMUM, 65535)),
                (int) properties.number(MqttProperty.MAXIMUM_QOS, 2),
                properties.number(MqttProperty.MAXIMUM_PACKET_SIZE, Long.MAX_VALUE),
                (int) properties.number(MqttProperty.TOPIC_ALIAS_MAXIMUM, 0),
                properties.number(MqttProperty.SERVER_KEEP_ALIVE, -1),
                ABILITIES.stream()
                        .filter(each -> properties.number(each, 1) == 0)
                        .collect(Collectors.toSet()));
    }

    /** Why the broker would end the connection over this message; SUCCESS when it would not. */
    int refusal(MqttMessage message) {
        if (message.qos().number() > maxQos) {
            return ReasonCode.QOS_NOT_SUPPORTED;
        }
        boolean refused = message.retain() && missing.contains(MqttProperty.RETAIN_AVAILABLE);
        return refused ? ReasonCode.RETAIN_NOT_SUPPORTED : ReasonCode.SUCCESS;
    }

    /** The same of one filter in a SUBSCRIBE with these properties. */
    int refusal(Subscription subscription, MqttProperties with) {
        String filter = subscription.filter();
        if (missing.isEmpty()) {
            return ReasonCode.SUCCESS;
        }
        if (filter.startsWith("$share/") && missing.contains(MqttProperty.SHARED_SUBSCRIPTION_AVAILABLE)) {
            return ReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED;
        }
        if (with.has(MqttProperty.SUBSCRIPTION_IDENTIFIER)
                && missing.contains(MqttProperty.SUBSCRIPTION_IDENTIFIER_AVAILABLE)) {
            return ReasonCode.SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED;
        }
        boolean wild = !Topics.isName(filter);
        return wild && missing.contains(MqttProperty.WILDCARD_SUBSCRIPTION_AVAILABLE)
                ? ReasonCode.WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED
                : ReasonCode.SUCCESS;
    }
}
