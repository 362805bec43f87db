package io.lws.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.Subscription;
import io.lws.mqtt.store.InFlightStore;
import io.lws.mqtt.store.MemoryInFlightStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a broker says beside its codes reaches the protocol, and nothing reaches it after its end. */
class AnswersTest {
    /** The reason "no", and the user property k=v. */
    private static final String SAID = "0c 1f 0002 6e6f 26 0001 6b 0001 76";

    private static final String TOLD = " because no k=v";

    private final MqttRig rig = new MqttRig();

    private void publish(Qos qos, String payload) {
        rig.session().publish(MqttMessage.of("t", payload, qos));
        rig.loop.settle();
    }

    @ParameterizedTest
    @CsvSource({
        "AT_LEAST_ONCE, 40 10 0001 00, 0",
        "AT_LEAST_ONCE, 40 10 0001 87, 87",
        "EXACTLY_ONCE, 50 10 0001 97, 97",
    })
    void tellsWhatTheBrokerSaysOfAMessage(Qos qos, String answer, String code) {
        rig.established(MqttRig.options());
        publish(qos, "m");
        rig.broker(answer + SAID);
        rig.assertEvents("ack m " + code + TOLD);
    }

    /** PUBCOMP says nothing of the message: PUBREC has. */
    @Test
    void tellsAtTheEndOfQos2WhatPubRecHasSaid() {
        rig.established(MqttRig.options());
        publish(Qos.EXACTLY_ONCE, "m");
        rig.broker("50 10 0001 10" + SAID);
        rig.assertEvents();
        rig.broker("70 02 0001");
        rig.assertEvents("ack m 10" + TOLD);
    }

    @Test
    void tellsWhatTheBrokerSaysOfSubscriptions() {
        rig.established(MqttRig.options());
        rig.session().subscribe(Subscription.of("a", Qos.AT_MOST_ONCE), Subscription.of("b", Qos.AT_MOST_ONCE));
        rig.session().unsubscribe(List.of("c"));
        rig.loop.settle();
        rig.broker("90 11 0001" + SAID + "00 87");
        rig.broker("b0 10 0002" + SAID + "11");
        rig.assertEvents("subscribed [0, 135]" + TOLD, "unsubscribed [c]" + TOLD);
    }

    /** It refuses after a loss of memory what it had granted; the protocol would wait for messages for ever. */
    @Test
    void tellsThatASubscriptionIsNotRenewed() {
        rig.established(MqttRig.options());
        rig.session().subscribe(Subscription.of("a", Qos.AT_MOST_ONCE));
        rig.loop.settle();
        rig.broker("90 04 0001 00 00");
        rig.reconnect(MqttRig.TAKEN);
        rig.events.lines.clear();
        rig.broker("90 10 0002" + SAID + "87");
        rig.assertEvents("subscribed [135]" + TOLD);
    }

    @Test
    void asksNoBrokerInLongerPacketsThanItTakes() {
        rig.open(MqttRig.options());
        rig.sent();
        rig.broker("20 08 00 00 05 27 00000010");
        rig.events.lines.clear();
        rig.session().subscribe(Subscription.of("a".repeat(20), Qos.AT_MOST_ONCE));
        rig.session().unsubscribe(List.of("b".repeat(20)));
        rig.session().subscribe(Subscription.of("a", Qos.AT_MOST_ONCE));
        rig.loop.settle();
        rig.assertSent("82 07 0003 00 0001 61 00");
        rig.assertEvents("subscribed [149]", "unsubscribed [" + "b".repeat(20) + "]");
    }

    /** The session is kept under that name, so it must come back under it. */
    @Test
    void comesBackUnderTheIdentifierItWasGiven() {
        rig.open(MqttRig.options().clientId("").keepSession(Duration.ofHours(1)));
        assertTrue(rig.sent().endsWith("0000"), "no identifier");
        rig.broker("20 08 00 00 05 12 0002 7879");
        assertEquals("xy", rig.session().clientId());
        rig.cut();
        rig.loop.advance(MqttRig.RETRY);
        String connect = rig.sent();
        assertTrue(connect.endsWith("00027879"), connect);
    }

    /** Neither side can make the other forget what it does not know: the exchange is ended by saying so. */
    @ParameterizedTest
    @CsvSource({"V5, 50 02 0009, 62 03 0009 92", "V5, 62 02 0009, 70 03 0009 92", "V3_1_1, 50 02 0009, 62 02 0009"})
    void endsExchangesThatItDoesNotKnow(MqttVersion version, String packet, String answer) {
        rig.established(MqttRig.options().version(version));
        rig.broker(packet);
        rig.assertSent(answer);
        assertTrue(rig.session().isConnected());
    }

    // ---- after the end

    @Test
    void tellsNothingAfterACallbackHasClosedTheSessionBeforeItIsEstablished() {
        rig.established(MqttRig.options());
        publish(Qos.EXACTLY_ONCE, "one");
        publish(Qos.EXACTLY_ONCE, "two");
        rig.cut();
        rig.events.lines.clear();
        rig.events.onAnswer = () -> rig.session().close();
        rig.loop.advance(MqttRig.RETRY);
        rig.broker(MqttRig.TAKEN);
        rig.assertEvents("ack one 92", "closed LOCAL 0");
    }

    @Test
    void tellsNothingAfterACallbackHasClosedTheSessionAmongLocalAnswers() {
        rig.open(MqttRig.options());
        rig.sent();
        rig.broker("20 05 00 00 02 28 00");
        rig.events.lines.clear();
        rig.events.onAnswer = () -> rig.session().close();
        rig.session().subscribe(Subscription.of("a/#", Qos.AT_MOST_ONCE));
        rig.session().subscribe(Subscription.of("b/#", Qos.AT_MOST_ONCE));
        rig.session().unsubscribe(List.of("c"));
        rig.loop.settle();
        rig.assertEvents("subscribed [162]", "closed LOCAL 0");
    }

    /** What a store of one's own throws while it is read ends the session like any callback. */
    @Test
    void endsWhereTheStoreCannotBeRead() {
        MemoryInFlightStore memory = new MemoryInFlightStore();
        InFlightStore broken = (InFlightStore) Proxy.newProxyInstance(
                InFlightStore.class.getClassLoader(), new Class<?>[] {InFlightStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("load")) {
                        throw new IllegalStateException("no disk");
                    }
                    return method.invoke(memory, args);
                });
        rig.open(MqttRig.options().store(broken));
        rig.assertEvents("closed CALLBACK 0");
        assertFalse(rig.session().isOpen());
        rig.loop.advance(Duration.ofMinutes(1));
        assertEquals(0, rig.dialed.size());
    }
}
