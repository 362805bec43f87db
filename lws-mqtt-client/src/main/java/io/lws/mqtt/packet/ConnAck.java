package io.lws.mqtt.packet;

/** The broker's answer to CONNECT (3.2). A return code of 3.1.1 comes as the reason code that says the same. */
public record ConnAck(boolean sessionPresent, int reasonCode, MqttProperties properties) {}
