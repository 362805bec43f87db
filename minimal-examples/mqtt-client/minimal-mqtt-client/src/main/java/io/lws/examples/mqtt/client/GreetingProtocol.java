package io.lws.examples.mqtt.client;

import io.lws.CloseInfo;
import io.lws.mqtt.MqttProtocol;
import io.lws.mqtt.MqttRx;
import io.lws.mqtt.MqttSession;
import io.lws.mqtt.MqttSession.Publishing;
import io.lws.mqtt.packet.ConnAck;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Publishes greetings to a topic it has subscribed to, one when the last has come back. */
final class GreetingProtocol implements MqttProtocol<Void> {
    private static final String TOPIC = "lws/greetings";

    private final int count;
    private int came;

    GreetingProtocol(int count) {
        this.count = count;
    }

    @Override
    public void onEstablished(MqttSession<Void> mqtt, ConnAck answer) {
        System.out.println("connected as " + mqtt.clientId());
        mqtt.subscribe(Subscription.of(TOPIC, Qos.AT_LEAST_ONCE));
    }

    @Override
    public void onSubscribed(MqttSession<Void> mqtt, List<Subscription> asked, List<Integer> reasonCodes) {
        mqtt.requestWriteable();
    }

    @Override
    public void onWriteable(MqttSession<Void> mqtt) {
        MqttMessage next = MqttMessage.of(TOPIC, "hello " + came, Qos.AT_LEAST_ONCE);
        if (mqtt.publish(next) == Publishing.FULL) {
            mqtt.requestWriteable();
        }
    }

    @Override
    public void onReceive(MqttSession<Void> mqtt, MqttRx rx) {
        System.out.println(rx.topic() + ": " + StandardCharsets.UTF_8.decode(rx.bytes())); // short: never in pieces
        came++;
        if (came < count) {
            mqtt.requestWriteable();
        } else {
            mqtt.close();
        }
    }

    @Override
    public void onDisconnected(MqttSession<Void> mqtt, CloseInfo info) {
        System.out.println("not connected: " + info.reason());
    }

    @Override
    public void onClosed(MqttSession<Void> mqtt, CloseInfo info) {
        mqtt.vhost().context().close();
    }
}
