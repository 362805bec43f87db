package io.lws.mqtt.packet;

/** A step of enhanced authentication (3.15), MQTT 5.0 only. */
public record Auth(int reasonCode, MqttProperties properties) {}
