package io.lws.mqtt;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttProperty;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.Subscription;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a session asks a broker for, with what, and what it does not ask one that has said it cannot. */
class SubscribingTest {
    private final MqttRig rig = new MqttRig();

    private static MqttProperties identifier(long number) {
        return MqttProperties.builder()
                .number(MqttProperty.SUBSCRIPTION_IDENTIFIER, number)
                .build();
    }

    private void subscribe(MqttProperties properties, String... filters) {
        List<Subscription> all = Stream.of(filters)
                .map(each -> Subscription.of(each, Qos.AT_LEAST_ONCE))
                .toList();
        rig.session().subscribe(all, properties);
        rig.loop.settle();
    }

    @Test
    void asksWithPropertiesAndAgainWithTheSame() {
        rig.established(MqttRig.options());
        subscribe(identifier(5), "a", "b");
        subscribe(MqttProperties.NONE, "c");
        rig.assertSent("82 0d 0001 02 0b05 0001 61 01 0001 62 01  82 07 0002 00 0001 63 01");
        rig.broker("90 05 0001 00 01 01  90 04 0002 00 01");
        rig.reconnect(MqttRig.TAKEN);
        rig.assertSent("82 0d 0003 02 0b05 0001 61 01 0001 62 01  82 07 0004 00 0001 63 01");
    }

    @Test
    void leavesPropertiesOutInVersion3() {
        rig.established(MqttRig.options().version(MqttVersion.V3_1_1));
        subscribe(identifier(5), "a");
        rig.assertSent("82 06 0001 0001 61 01");
    }

    @Test
    void refusesPropertiesThatNoSubscribeHas() {
        rig.established(MqttRig.options());
        MqttProperties alias =
                MqttProperties.builder().number(MqttProperty.TOPIC_ALIAS, 1).build();
        MqttProperties two = MqttProperties.builder()
                .addAll(identifier(1))
                .addAll(identifier(2))
                .build();
        assertThrows(IllegalArgumentException.class, () -> subscribe(alias, "a"));
        assertThrows(IllegalArgumentException.class, () -> subscribe(two, "a"));
        assertThrows(IllegalArgumentException.class, () -> identifier(0));
        rig.assertSent("");
    }

    @ParameterizedTest
    @CsvSource({"2800, a/#, a2", "2800, +, a2", "2a00, $share/g/a, 9e"})
    void asksNoBrokerForWhatItCannot(String cannot, String filter, String code) {
        rig.open(MqttRig.options());
        rig.sent();
        rig.broker("20 05 00 00 02 " + cannot);
        subscribe(MqttProperties.NONE, filter);
        rig.assertSent("");
        rig.assertEvents("established", "subscribed [" + Integer.parseInt(code, 16) + "]");
    }

    @Test
    void asksForTheRestAndPutsTheAnswersTogether() {
        rig.open(MqttRig.options());
        rig.sent();
        rig.broker("20 09 00 00 06 28 00 29 00 2a 00");
        subscribe(MqttProperties.NONE, "a/#", "b", "$share/g/c", "d");
        rig.assertSent("82 0b 0001 00 0001 62 01 0001 64 01");
        rig.broker("90 05 0001 00 01 87");
        subscribe(identifier(3), "e");
        rig.assertSent("");
        rig.assertEvents("established", "subscribed [162, 1, 158, 135]", "subscribed [161]");
    }

    /** It was told to forget the session: what it kept is not ours. */
    @Test
    void refusesASessionThatHadToBeForgotten() {
        rig.open(MqttRig.options());
        rig.sent();
        rig.broker(MqttRig.TAKEN_AGAIN);
        rig.assertSent("e0 01 82");
        rig.assertEvents("disconnected PROTOCOL 82");
    }
}
