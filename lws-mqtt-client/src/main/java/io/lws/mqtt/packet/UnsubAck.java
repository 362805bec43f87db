package io.lws.mqtt.packet;

import java.util.List;

/** The answer to UNSUBSCRIBE (3.11): one code per filter; none in 3.1.1. */
public record UnsubAck(int packetId, List<Integer> reasonCodes, MqttProperties properties) {}
