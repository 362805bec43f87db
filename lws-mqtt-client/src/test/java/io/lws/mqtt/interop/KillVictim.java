package io.lws.mqtt.interop;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.mqtt.MqttOptions;
import io.lws.mqtt.MqttProtocol;
import io.lws.mqtt.MqttSession;
import io.lws.mqtt.packet.ConnAck;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.ReasonCode;
import io.lws.mqtt.store.FileInFlightStore;
import io.lws.mqtt.store.FileInFlightStore.Durability;
import io.lws.mqtt.store.InFlightStore;
import io.lws.policy.RetryPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Publishes the numbers up to a bound, from where an earlier life of it had come; to be killed at any moment. */
final class KillVictim implements MqttProtocol<@Nullable Void> {
    private final InFlightStore store;
    private final Qos qos;
    private final long last;
    private long accepted;
    private long underWay;

    private KillVictim(InFlightStore store, Qos qos, long last) {
        this.store = store;
        this.qos = qos;
        this.last = last;
        accepted = store.acceptedCount();
        underWay = store.load().outgoing().size();
    }

    /** Arguments: port, journal, version, QoS, how many. Ends with status 0 when the broker has them all. */
    public static void main(String[] args) {
        InFlightStore store = FileInFlightStore.open(Path.of(args[1]), Durability.PROCESS);
        KillVictim victim = new KillVictim(store, Qos.valueOf(args[3]), Long.parseLong(args[4]));
        MqttOptions options = MqttOptions.builder("127.0.0.1")
                .port(Integer.parseInt(args[0]))
                .version(MqttVersion.valueOf(args[2]))
                .clientId("victim")
                .keepSession(Duration.ofHours(1))
                .retry(new RetryPolicy(List.of(Duration.ofMillis(10)), 0, 1000, Integer.MAX_VALUE))
                .maxQueued(64, 1 << 20)
                .inFlightMaximum(16)
                .store(store)
                .build();
        Vhost vhost = Vhost.builder("victim").build();
        try (Context context = Context.builder().vhost(vhost).build()) {
            MqttSession.open(vhost, options, victim);
            context.run();
        }
    }

    @Override
    public void onEstablished(MqttSession<@Nullable Void> mqtt, ConnAck answer) {
        goOn(mqtt);
    }

    @Override
    public void onWriteable(MqttSession<@Nullable Void> mqtt) {
        goOn(mqtt);
    }

    private void goOn(MqttSession<@Nullable Void> mqtt) {
        while (accepted < last) {
            MqttMessage next = MqttMessage.of("kill", Long.toString(accepted), qos);
            if (mqtt.publish(next) != MqttSession.Publishing.TAKEN) {
                mqtt.requestWriteable();
                return;
            }
            accepted++;
            underWay++;
        }
        endWhenDone();
    }

    @Override
    public void onAck(MqttSession<@Nullable Void> mqtt, MqttMessage message, int reasonCode, MqttProperties answer) {
        if (ReasonCode.isError(reasonCode)) {
            System.err.println("the broker lost " + message.text() + ": " + ReasonCode.text(reasonCode));
            Runtime.getRuntime().halt(3);
        }
        underWay--;
        endWhenDone();
    }

    private void endWhenDone() {
        if (accepted == last && underWay == 0) {
            store.close();
            Runtime.getRuntime().halt(0);
        }
    }
}
