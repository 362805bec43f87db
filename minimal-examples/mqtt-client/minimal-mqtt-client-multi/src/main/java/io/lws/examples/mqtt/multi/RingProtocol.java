package io.lws.examples.mqtt.multi;

import io.lws.CloseInfo;
import io.lws.mqtt.MqttProtocol;
import io.lws.mqtt.MqttRx;
import io.lws.mqtt.MqttSession;
import io.lws.mqtt.packet.ConnAck;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.Subscription;
import java.util.List;

/** One of a ring: what comes on its topic it passes on to the next; the last one to be ready begins. */
final class RingProtocol implements MqttProtocol<Void> {
    private final Ring ring;
    private final int number;

    RingProtocol(Ring ring, int number) {
        this.ring = ring;
        this.number = number;
    }

    @Override
    public void onEstablished(MqttSession<Void> mqtt, ConnAck answer) {
        mqtt.subscribe(Subscription.of(ring.topic + number, Qos.AT_LEAST_ONCE));
    }

    @Override
    public void onSubscribed(
            MqttSession<Void> mqtt, List<Subscription> asked, List<Integer> reasonCodes, MqttProperties answer) {
        if (ring.isComplete()) {
            System.out.println(ring.size + " sessions are ready");
            pass(mqtt, 0);
        }
    }

    @Override
    public void onReceive(MqttSession<Void> mqtt, MqttRx rx) {
        System.out.println("session " + number + " as " + mqtt.clientId());
        if (number + 1 < ring.size) {
            pass(mqtt, number + 1);
        } else {
            System.out.println("all have been round");
            mqtt.vhost().context().close();
        }
    }

    private void pass(MqttSession<Void> mqtt, int to) {
        mqtt.publish(MqttMessage.of(ring.topic + to, "your turn", Qos.AT_LEAST_ONCE));
    }

    @Override
    public void onDisconnected(MqttSession<Void> mqtt, CloseInfo info) {
        System.out.println("session " + number + " is not connected: " + info.reason());
    }
}
