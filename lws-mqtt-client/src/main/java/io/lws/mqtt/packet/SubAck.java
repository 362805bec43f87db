package io.lws.mqtt.packet;

import java.util.List;

/** The answer to SUBSCRIBE (3.9): one code per filter, the granted QoS or an error. */
public record SubAck(int packetId, List<Integer> reasonCodes, MqttProperties properties) {}
