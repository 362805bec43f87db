package io.lws.mqtt;

import io.lws.mqtt.packet.ReasonCode;

/** What a future of {@link MqttClient} fails with: a reason code, the broker's or one that says the same of this side. */
public final class MqttException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int reasonCode;

    MqttException(int reasonCode, String what) {
        super(what + ": " + ReasonCode.text(reasonCode));
        this.reasonCode = reasonCode;
    }

    /** See {@link ReasonCode}. */
    public int reasonCode() {
        return reasonCode;
    }
}
