package io.lws.examples.mqtt.client;

import io.lws.CloseInfo;
import io.lws.mqtt.MqttProtocol;
import io.lws.mqtt.MqttRx;
import io.lws.mqtt.MqttSession;
import io.lws.mqtt.MqttSession.Publishing;
import io.lws.mqtt.packet.ConnAck;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.PayloadSource;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Publishes greetings to a topic it has subscribed to, one when the last has come back, and then a file, where there is
 * one.
 */
final class GreetingProtocol implements MqttProtocol<Void> {
    private static final String TOPIC = "lws/greetings";

    private final int greetings;
    private final @Nullable PayloadSource file;
    private int came;
    private int pieces;

    GreetingProtocol(int greetings, @Nullable PayloadSource file) {
        this.greetings = greetings;
        this.file = file;
    }

    @Override
    public void onEstablished(MqttSession<Void> mqtt, ConnAck answer) {
        System.out.println("connected as " + mqtt.clientId());
        mqtt.subscribe(Subscription.of(TOPIC, Qos.AT_LEAST_ONCE));
    }

    @Override
    public void onSubscribed(
            MqttSession<Void> mqtt, List<Subscription> asked, List<Integer> reasonCodes, MqttProperties answer) {
        mqtt.requestWriteable();
    }

    @Override
    public void onWriteable(MqttSession<Void> mqtt) {
        if (publishNext(mqtt) == Publishing.FULL) {
            mqtt.requestWriteable();
        }
    }

    private Publishing publishNext(MqttSession<Void> mqtt) {
        return came == greetings && file != null
                ? mqtt.publish(MqttMessage.of(TOPIC, "", Qos.AT_LEAST_ONCE), file)
                : mqtt.publish(MqttMessage.of(TOPIC, "hello " + came, Qos.AT_LEAST_ONCE));
    }

    @Override
    public void onReceive(MqttSession<Void> mqtt, MqttRx rx) {
        pieces = rx.isFirst() ? 1 : pieces + 1;
        if (rx.isLast()) {
            System.out.println(rx.topic() + ": " + text(rx));
            came++;
            goOn(mqtt);
        }
    }

    private String text(MqttRx rx) {
        return pieces == 1
                ? StandardCharsets.UTF_8.decode(rx.bytes()).toString()
                : rx.totalBytes() + " bytes in pieces";
    }

    private void goOn(MqttSession<Void> mqtt) {
        if (came < greetings + (file == null ? 0 : 1)) {
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
