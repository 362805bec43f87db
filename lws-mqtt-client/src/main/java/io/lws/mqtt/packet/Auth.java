package io.lws.mqtt.packet;

/** A step of enhanced authentication (3.15), MQTT 5.0 only. */
public record Auth(int reasonCode, MqttProperties properties) {
    public Auth {
        if (reasonCode != ReasonCode.SUCCESS
                && reasonCode != ReasonCode.CONTINUE_AUTHENTICATION
                && reasonCode != ReasonCode.REAUTHENTICATE) {
            throw new IllegalArgumentException("reason code " + reasonCode + " in AUTH");
        }
        properties.requireFor(PacketType.AUTH);
    }
}
