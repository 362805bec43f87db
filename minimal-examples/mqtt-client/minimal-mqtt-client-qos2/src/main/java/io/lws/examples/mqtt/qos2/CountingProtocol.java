package io.lws.examples.mqtt.qos2;

import io.lws.CloseInfo;
import io.lws.mqtt.MqttProtocol;
import io.lws.mqtt.MqttSession;
import io.lws.mqtt.MqttSession.Publishing;
import io.lws.mqtt.packet.ConnAck;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.ReasonCode;
import io.lws.mqtt.store.InFlightStore;

/** Numbers its messages by what the store has accepted so far, over all runs of the program. */
final class CountingProtocol implements MqttProtocol<Void> {
    private final InFlightStore store;
    private final int count;
    private int left;
    private int underWay;

    CountingProtocol(InFlightStore store, int count) {
        this.store = store;
        this.count = count;
        left = count;
        underWay = store.load().outgoing().size();
        System.out.println(store.acceptedCount() + " accepted before, " + underWay + " of them under way");
    }

    @Override
    public void onEstablished(MqttSession<Void> mqtt, ConnAck answer) {
        System.out.println(answer.sessionPresent() ? "the broker knows us" : "a new session");
        mqtt.requestWriteable();
    }

    @Override
    public void onWriteable(MqttSession<Void> mqtt) {
        while (left > 0) {
            String number = Long.toString(store.acceptedCount());
            if (mqtt.publish(MqttMessage.of("lws/qos2", number, Qos.EXACTLY_ONCE)) != Publishing.TAKEN) {
                mqtt.requestWriteable();
                return;
            }
            left--;
            underWay++;
        }
    }

    @Override
    public void onAck(MqttSession<Void> mqtt, MqttMessage message, int reasonCode, MqttProperties answer) {
        if (ReasonCode.isError(reasonCode)) {
            System.out.println(message.text() + ": " + ReasonCode.text(reasonCode));
        }
        underWay--;
        if (left == 0 && underWay == 0) {
            System.out.println(count + " published, the last one is " + message.text());
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
