package io.lws.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttProperty;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.Qos;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a session takes its leave, which decides about its will and about what the broker keeps. */
class FarewellTest {
    private final MqttRig rig = new MqttRig();

    private static MqttProperties expiry(long seconds) {
        return MqttProperties.builder()
                .number(MqttProperty.SESSION_EXPIRY_INTERVAL, seconds)
                .build();
    }

    /** 3.1.1 has one DISCONNECT, and that takes the will back. */
    @Test
    void leavesTheWillToABrokerOfVersion3() {
        rig.established(MqttRig.options().version(MqttVersion.V3_1_1));
        rig.session().close(0x04);
        rig.loop.settle();
        rig.assertSent("");
        assertTrue(rig.wire().peer().sawFin());
        rig.assertEvents("closed LOCAL 4");
    }

    @Test
    void takesTheWillBackInVersion3() {
        rig.established(MqttRig.options().version(MqttVersion.V3_1_1));
        rig.session().close();
        rig.loop.settle();
        rig.assertSent("e0 00");
    }

    @Test
    void endsAKeptSessionForGood() {
        rig.established(MqttRig.options().keepSession(Duration.ofHours(1)));
        rig.session().close(0, expiry(0));
        rig.loop.settle();
        rig.assertSent("e0 07 00 05 11 00000000");
        rig.assertEvents("closed LOCAL 0");
    }

    @Test
    void saysWhy() {
        rig.established(MqttRig.options());
        rig.session()
                .close(
                        0x04,
                        MqttProperties.builder()
                                .text(MqttProperty.REASON_STRING, "r")
                                .user("k", "v")
                                .build());
        rig.loop.settle();
        rig.assertSent("e0 0d 04 0b 1f 0001 72 26 0001 6b 0001 76");
    }

    @Test
    void refusesWhatNoDisconnectOfItsCanHave() {
        rig.established(MqttRig.options());
        MqttProperties reference = MqttProperties.builder()
                .text(MqttProperty.SERVER_REFERENCE, "h")
                .build();
        MqttProperties method = MqttProperties.builder()
                .text(MqttProperty.AUTHENTICATION_METHOD, "m")
                .build();
        assertThrows(IllegalArgumentException.class, () -> rig.session().close(0, expiry(5)));
        assertThrows(IllegalArgumentException.class, () -> rig.session().close(0, reference));
        assertThrows(IllegalArgumentException.class, () -> rig.session().close(0, method));
        rig.loop.settle();
        rig.assertSent("");
        assertTrue(rig.session().isOpen());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 0x10, 0x18, 0x87, 0x8b, 0x8e, 0x92, 0x9c, 0x100})
    void refusesCodesThatNoClientSays(int code) {
        rig.established(MqttRig.options());
        assertThrows(IllegalArgumentException.class, () -> rig.session().close(code));
        assertTrue(rig.session().isOpen());
    }

    /** What goes wrong on this side is no reason to take the will back. */
    @Test
    void leavesTheWillWhereACallbackOutsideOfTheConnectionThrows() {
        rig.established(MqttRig.options());
        rig.session().execute(() -> {
            throw new IllegalStateException("bug");
        });
        rig.loop.settle();
        rig.assertSent("e0 01 80");
        rig.assertEvents("closed CALLBACK 0");
    }

    /** A broker ends the connection over it, and over it again when it is sent again. */
    @Test
    void publishesNothingThatOnlyBrokersMaySay() {
        rig.established(MqttRig.options());
        MqttMessage received = MqttMessage.of("t", "m", Qos.AT_LEAST_ONCE)
                .with(MqttProperties.builder()
                        .number(MqttProperty.SUBSCRIPTION_IDENTIFIER, 1)
                        .build());
        assertThrows(IllegalArgumentException.class, () -> rig.session().publish(received));
        assertEquals(0, rig.session().outgoing().size());
    }

    /** Options are a value: two sessions of the same ones must not find each other's messages under way. */
    @Test
    void sharesNoMessagesWithASessionOfTheSameOptions() {
        MqttOptions options = MqttRig.options().build();
        ClientSession<?> one = ClientSession.open(rig.vhost, rig.loop.net(), options, rig.events, rig.reach());
        rig.loop.settle();
        one.publish(MqttMessage.of("t", "m", Qos.AT_LEAST_ONCE));
        ClientSession<?> other = ClientSession.open(rig.vhost, rig.loop.net(), options, rig.events, rig.reach());
        rig.loop.settle();
        assertEquals(1, one.outgoing().size());
        assertEquals(0, other.outgoing().size());
    }

    /** A broker that takes no more says why, and then closes with the rest unread. */
    @Test
    void hearsWhyItIsSentAwayThoughItsOutputFails() {
        rig.established(MqttRig.options());
        rig.wire().failWrites();
        rig.wire().peer().send(MqttRig.bytes("e0 01 97"));
        rig.session().publish(MqttMessage.of("t", "m", Qos.AT_MOST_ONCE));
        rig.loop.settle();
        rig.assertEvents("disconnected PEER 97");
    }
}
