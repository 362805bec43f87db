package io.lws.mqtt.packet;

/** The protocol versions this client speaks. */
public enum MqttVersion {
    /** OASIS standard of 2014. */
    V3_1_1(4),
    /** OASIS standard of 2019: properties, reason codes, session expiry. */
    V5(5);

    private final int level;

    MqttVersion(int level) {
        this.level = level;
    }

    /** The protocol level of CONNECT. */
    public int level() {
        return level;
    }

    public boolean isV5() {
        return this == V5;
    }
}
