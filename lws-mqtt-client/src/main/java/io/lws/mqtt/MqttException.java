package io.lws.mqtt;

import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.ReasonCode;

/** What a future of {@link MqttClient} fails with: a reason code, the broker's or one that says the same of this side. */
public final class MqttException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int reasonCode;
    private final transient MqttProperties answer;

    MqttException(int reasonCode, String what, MqttProperties answer) {
        super(what + ": " + ReasonCode.text(reasonCode, answer));
        this.reasonCode = reasonCode;
        this.answer = answer;
    }

    /** See {@link ReasonCode}. */
    public int reasonCode() {
        return reasonCode;
    }

    /** What the broker's answer says besides (5.0), user properties for one; empty where it says nothing. */
    public MqttProperties answer() {
        return answer;
    }
}
