package io.lws.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Limits;
import io.lws.loop.Interest;
import io.lws.mqtt.MqttSession.Publishing;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.Subscription;
import io.lws.mqtt.store.MemoryInFlightStore;
import io.lws.net.LoopNet;
import io.lws.policy.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A session over its connections, turn by turn: what it sends, what it tells, when it tries again. */
class ClientSessionTest {
    private final MqttRig rig = new MqttRig();

    private Publishing publish(Qos qos, String payload) {
        Publishing taken = rig.session().publish(MqttMessage.of("t", payload, qos));
        rig.loop.settle();
        return taken;
    }

    private void onLoop(Runnable call) {
        call.run();
        rig.loop.settle();
    }

    // ---- connections

    @Test
    void asksWithWhatTheOptionsSay() {
        rig.open(MqttRig.options());
        rig.assertSent("10 16 0004 4d515454 05 02 001e 08 21 0400 27 00040000 0001 63");
        rig.broker(MqttRig.TAKEN);
        rig.assertEvents("established");
        assertTrue(rig.session().isConnected());
    }

    @Test
    void triesAgainByItsPolicyAndNotBefore() {
        rig.unreachable = true;
        rig.open(MqttRig.options());
        rig.assertEvents("disconnected NETWORK 0");
        rig.unreachable = false;
        rig.loop.advance(MqttRig.RETRY.minusMillis(1));
        assertEquals(1, rig.dialed.size());
        rig.loop.advance(Duration.ofMillis(1));
        assertEquals(2, rig.dialed.size());
        rig.broker(MqttRig.TAKEN);
        rig.assertEvents("established");
    }

    @Test
    void endsWhenThePolicySaysSo() {
        rig.unreachable = true;
        rig.open(MqttRig.options().retry(RetryPolicy.NEVER));
        rig.assertEvents("closed NETWORK 0");
        assertFalse(rig.session().isOpen());
    }

    @Test
    void givesABrokerUpThatDoesNotAnswer() {
        rig.open(MqttRig.options().connectTimeout(Duration.ofSeconds(2)));
        rig.loop.advance(Duration.ofSeconds(2));
        rig.assertEvents("disconnected TIMEOUT 0");
    }

    /** Whoever comes back at once would throw the other one out, who would come back at once. */
    @ParameterizedTest
    @ValueSource(strings = {"e0 01 8e", "e0 01 87"})
    void comesNotBackWhereItWasThrownOutForGood(String disconnect) {
        rig.established(MqttRig.options());
        rig.broker(disconnect);
        rig.assertEvents("closed PEER " + disconnect.substring(6));
        rig.loop.advance(Duration.ofMinutes(10));
        assertEquals(1, rig.dialed.size());
    }

    @ParameterizedTest
    @CsvSource({"20 03 00 87 00, 87", "20 03 00 85 00, 85", "20 03 00 86 00, 86", "20 03 00 84 00, 84"})
    void comesNotBackWhereItIsRefusedForGood(String connAck, String code) {
        rig.open(MqttRig.options());
        rig.broker(connAck);
        rig.assertEvents("closed PEER " + code);
    }

    @ParameterizedTest
    @CsvSource({"e0 01 8b, 8b", "e0 01 89, 89", "e0 00, 0"})
    void comesBackToABrokerThatIsOnlyBusy(String disconnect, String code) {
        rig.established(MqttRig.options());
        rig.broker(disconnect);
        rig.assertEvents("disconnected PEER " + code);
        rig.loop.advance(MqttRig.RETRY);
        assertEquals(2, rig.dialed.size());
    }

    @Test
    void followsABrokerThatSendsItElsewhereAtOnceButNotForEver() {
        rig.open(MqttRig.options().retry(RetryPolicy.NEVER));
        for (int i = 1; i <= 5; i++) {
            rig.broker("20 0b 00 9c 08 1c 0005 683a31313" + i);
            assertEquals(new Reach.Target("h", 110 + i, null), rig.dialed.get(i));
        }
        rig.broker("20 07 00 9c 04 1c 0001 68");
        rig.assertEvents(
                "disconnected PEER 9c",
                "disconnected PEER 9c",
                "disconnected PEER 9c",
                "disconnected PEER 9c",
                "disconnected PEER 9c",
                "closed PEER 9c");
    }

    /** Where it was sent nobody answers: it does not stay there for ever. */
    @Test
    void goesBackToWhereItBeganWhenSentToNobody() {
        rig.open(MqttRig.options());
        rig.broker("20 0b 00 9c 08 1c 0005 683a313131");
        rig.cut();
        rig.loop.advance(MqttRig.RETRY);
        assertEquals(
                List.of("broker", "h", "broker"),
                rig.dialed.stream().map(Reach.Target::host).toList());
    }

    /** Two brokers that take everybody and send everybody to the other. */
    @Test
    void isSentToAndFroOnlyAFewTimesAtOnce() {
        rig.established(MqttRig.options());
        for (int i = 1; i <= 5; i++) {
            rig.broker("e0 06 9c 04 1c 0001 68");
            assertEquals(1 + i, rig.dialed.size());
            rig.broker(MqttRig.TAKEN);
        }
        rig.broker("e0 06 9c 04 1c 0001 67");
        assertEquals(6, rig.dialed.size());
        rig.loop.advance(MqttRig.RETRY);
        assertEquals("g", rig.dialed.get(6).host());
        rig.broker(MqttRig.TAKEN);
        rig.loop.advance(Duration.ofSeconds(10));
        rig.broker("e0 06 9c 04 1c 0001 68");
        assertEquals("h", rig.dialed.get(7).host());
    }

    @Test
    void followsADisconnectThatNamesAnother() {
        rig.established(MqttRig.options());
        rig.broker("e0 06 9d 04 1c 0001 68");
        assertEquals(new Reach.Target("h", 1883, null), rig.dialed.get(1));
    }

    @Test
    void endsWithDisconnectAndAFin() {
        rig.established(MqttRig.options());
        onLoop(() -> rig.session().close(0x04));
        rig.assertSent("e0 01 04");
        assertTrue(rig.wire().peer().sawFin());
        rig.assertEvents("closed LOCAL 4");
        assertEquals(Publishing.CLOSED, publish(Qos.AT_LEAST_ONCE, "late"));
    }

    private static Stream<Consumer<LoopNet>> endings() {
        return Stream.of(LoopNet::retire, LoopNet::drain, net -> net.cut(CloseInfo.local(0, "cut")));
    }

    /** Nobody else tells one without a connection; it must not come back, nor keep its store. */
    @ParameterizedTest
    @MethodSource("endings")
    void endsWithItsContextWhileItWaitsToTryAgain(Consumer<LoopNet> ending) {
        rig.established(MqttRig.options());
        rig.cut();
        rig.assertEvents("disconnected NETWORK 0");
        ending.accept(rig.loop.net());
        rig.assertEvents("closed LOCAL 0");
        rig.loop.advance(MqttRig.RETRY);
        assertEquals(1, rig.dialed.size());
        assertEquals(0, rig.loop.loop().armedTimers());
    }

    /** A slow way out is no silence of the broker's: it has not been asked while so much waits before the question. */
    @Test
    void blamesNoBrokerWhileMuchOutputWaits() {
        MqttRig slow = new MqttRig(Limits.builder().rxStopBytes(1_000).build());
        slow.established(MqttRig.options());
        slow.wire().acceptPerWrite(1).refuse();
        slow.session().publish(MqttMessage.of("t", "x".repeat(20_000), Qos.AT_MOST_ONCE));
        slow.loop.settle();
        for (int i = 0; i < 12; i++) {
            slow.loop.advance(Duration.ofSeconds(10));
            slow.wire().allow();
            slow.loop.turn();
            slow.wire().refuse();
            slow.loop.settle();
        }
        assertTrue(slow.session().isConnected());
        slow.assertEvents();
        slow.session().close();
        slow.loop.settle();
    }

    @Test
    void endsWhileItWaitsToTryAgain() {
        rig.unreachable = true;
        rig.open(MqttRig.options());
        onLoop(() -> rig.session().close());
        rig.assertEvents("disconnected NETWORK 0", "closed LOCAL 0");
        rig.loop.advance(Duration.ofMinutes(1));
        assertEquals(1, rig.dialed.size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30 03 0001 61              | 81
            20 03 00 00 00             | 82
            30 04 0001 23 00           | 90
            34 06 0001 61 0000 00      | 82
            40 03 0007 92              | 82
            62 03 0007 10              | 82
            30 ff ff ff 7f             | 95
            30 07 0001 61 03 23 0001   | 94
            90 04 0001 00 00           | 82
            c0                         | 82
            00                         | 81
            """)
    void tellsABrokerWhatItDidWrong(String hex, String code) {
        rig.established(MqttRig.options());
        rig.broker(hex);
        rig.assertSent("e0 01 " + code);
        rig.assertEvents("disconnected PROTOCOL " + code);
    }

    @Test
    void leavesABrokerOfVersion3WithoutAWord() {
        rig.established(MqttRig.options().version(MqttVersion.V3_1_1));
        rig.broker("00");
        rig.assertSent("");
        rig.assertEvents("disconnected PROTOCOL 81");
    }

    @Test
    void closesOnlyItselfWhenACallbackThrows() {
        rig.established(MqttRig.options());
        rig.events.onReceive = () -> {
            throw new IllegalStateException("on purpose");
        };
        rig.broker("30 04 0001 61 00");
        rig.assertEvents("a=", "closed CALLBACK 0");
    }

    // ---- silence

    @Test
    void pingsASilentBrokerAndThenHangsUp() {
        rig.established(MqttRig.options());
        rig.loop.advance(Duration.ofSeconds(29));
        rig.assertSent("");
        rig.loop.advance(Duration.ofSeconds(1));
        rig.assertSent("c0 00");
        rig.broker("d0 00");
        rig.loop.advance(Duration.ofSeconds(30));
        rig.assertSent("c0 00");
        rig.loop.advance(Duration.ofSeconds(15));
        rig.assertEvents("disconnected TIMEOUT 0");
    }

    @Test
    void keepsTheBrokersKeepAlive() {
        rig.open(MqttRig.options());
        rig.sent();
        rig.broker("20 06 00 00 03 13 000a");
        rig.loop.advance(Duration.ofSeconds(10));
        rig.assertSent("c0 00");
    }

    // ---- messages out

    @Test
    void sendsAgainOverTheNextConnectionOfAKeptSession() {
        rig.established(MqttRig.options().keepSession(Duration.ofHours(1)));
        publish(Qos.EXACTLY_ONCE, "x");
        publish(Qos.EXACTLY_ONCE, "y");
        publish(Qos.AT_LEAST_ONCE, "z");
        rig.assertSent("34 07 0001 74 0001 00 78  34 07 0001 74 0002 00 79  32 07 0001 74 0003 00 7a");
        rig.broker("50 02 0001");
        rig.assertSent("62 02 0001");
        rig.reconnect(MqttRig.TAKEN_AGAIN);
        rig.assertSent("62 02 0001  3c 07 0001 74 0002 00 79  3a 07 0001 74 0003 00 7a");
        rig.broker("70 02 0001  50 02 0002  40 02 0003");
        rig.assertSent("62 02 0002");
        rig.broker("70 02 0002");
        rig.assertEvents("disconnected NETWORK 0", "established again", "ack x 0", "ack z 0", "ack y 0");
    }

    @Test
    void repeatsNoQos2MessageForABrokerThatHasForgotten() {
        rig.established(MqttRig.options().keepSession(Duration.ofHours(1)));
        publish(Qos.EXACTLY_ONCE, "x");
        publish(Qos.AT_LEAST_ONCE, "z");
        rig.sent();
        rig.reconnect(MqttRig.TAKEN);
        rig.assertSent("32 07 0001 74 0002 00 7a");
        rig.assertEvents("disconnected NETWORK 0", "ack x 92", "established");
    }

    @Test
    void tellsWhatTheBrokerRefuses() {
        rig.established(MqttRig.options());
        publish(Qos.EXACTLY_ONCE, "x");
        rig.broker("50 03 0001 97");
        publish(Qos.AT_LEAST_ONCE, "y");
        rig.broker("40 03 0002 87");
        rig.assertEvents("ack x 97", "ack y 87");
    }

    @Test
    void sendsNothingTheBrokerHasSaidItDoesNotTake() {
        rig.open(MqttRig.options());
        rig.sent();
        rig.broker("20 0c 00 00 09 24 01 25 00 27 00000020");
        publish(Qos.EXACTLY_ONCE, "x");
        onLoop(() -> rig.session()
                .publish(MqttMessage.of("t", "r", Qos.AT_LEAST_ONCE).retained()));
        publish(Qos.AT_LEAST_ONCE, "much too long a payload for it");
        rig.assertSent("");
        rig.assertEvents("established", "ack x 9b", "ack r 9a", "ack much too long a payload for it 95");
    }

    @Test
    void keepsToTheBrokersReceiveMaximum() {
        rig.open(MqttRig.options());
        rig.sent();
        rig.broker("20 06 00 00 03 21 0001");
        publish(Qos.AT_LEAST_ONCE, "x");
        publish(Qos.AT_LEAST_ONCE, "y");
        rig.assertSent("32 07 0001 74 0001 00 78");
        rig.broker("40 02 0001");
        rig.assertSent("32 07 0001 74 0002 00 79");
    }

    @Test
    void saysWhenTooMuchWaitsAndWhenThereIsRoomAgain() {
        rig.established(MqttRig.options().maxQueued(2, 1000));
        assertEquals(Publishing.TAKEN, publish(Qos.AT_LEAST_ONCE, "x"));
        assertEquals(Publishing.TAKEN, publish(Qos.AT_LEAST_ONCE, "y"));
        assertEquals(Publishing.FULL, publish(Qos.AT_LEAST_ONCE, "z"));
        onLoop(() -> rig.session().requestWriteable());
        rig.assertEvents();
        rig.broker("40 02 0001");
        rig.assertEvents("ack x 0", "writeable");
        assertEquals(Publishing.TAKEN, publish(Qos.AT_LEAST_ONCE, "z"));
    }

    @Test
    void stopsSendingToABrokerThatDoesNotRead() {
        rig.established(MqttRig.options().maxQueued(1000, 1 << 20));
        rig.wire().refuse();
        int taken = 0;
        while (publish(Qos.AT_MOST_ONCE, "x".repeat(4000)) == Publishing.TAKEN) {
            taken++;
        }
        assertTrue(taken < 1000, taken + " messages of 4000 bytes taken");
        rig.wire().allow();
        rig.loop.settle();
        assertEquals(taken * (3 + 3 + 1 + 4000), rig.wire().peer().received().length);
    }

    // ---- messages in

    @Test
    void acknowledgesWhatItHasDelivered() {
        rig.established(MqttRig.options());
        rig.broker("30 05 0001 61 00 78  32 07 0001 62 0007 00 79  34 07 0001 63 0008 00 7a");
        rig.assertEvents("a=x", "b=y", "c=z");
        rig.assertSent("40 02 0007  50 02 0008");
        rig.broker("3c 07 0001 63 0008 00 7a");
        rig.assertSent("50 02 0008");
        rig.broker("62 02 0008");
        rig.assertSent("70 02 0008");
        rig.broker("62 02 0008");
        rig.assertSent("70 03 0008 92");
        rig.assertEvents();
    }

    @Test
    void knowsAQos2MessageAgainAfterTheConnectionOrTheProcess() {
        MemoryInFlightStore store = new MemoryInFlightStore();
        rig.established(MqttRig.options().keepSession(Duration.ofHours(1)).store(store));
        rig.broker("34 07 0001 63 0008 00 7a");
        rig.reconnect(MqttRig.TAKEN_AGAIN);
        rig.broker("3c 07 0001 63 0008 00 7a");
        rig.assertSent("50 02 0008");
        rig.assertEvents("c=z", "disconnected NETWORK 0", "established again");
        MqttRig next = new MqttRig();
        next.open(MqttRig.options().keepSession(Duration.ofHours(1)).store(store));
        next.sent();
        next.broker(MqttRig.TAKEN_AGAIN + "3c 07 0001 63 0008 00 7a 62 02 0008");
        next.assertSent("50 02 0008 70 02 0008");
        next.assertEvents("established again");
        assertEquals(Set.of(), store.load().received());
    }

    /** The identifier counts from the last piece on: a half message that comes again is given again, from its start. */
    @Test
    void takesAHalfMessageForNone() {
        rig.established(MqttRig.options().keepSession(Duration.ofHours(1)));
        rig.broker("34 09 0001 63 0008 00 78");
        rig.reconnect(MqttRig.TAKEN_AGAIN);
        rig.broker("3c 09 0001 63 0008 00 78797a");
        rig.assertEvents("c=x...", "disconnected NETWORK 0", "established again", "c=xyz");
    }

    @Test
    void refusesMoreUnderWayThanItSaidItTakes() {
        rig.established(MqttRig.options().receiveMaximum(1));
        rig.broker("34 07 0001 63 0001 00 78 34 07 0001 63 0002 00 79");
        rig.assertSent("50 02 0001 e0 01 93");
    }

    @Test
    void readsNothingWhilePausedAndLosesNothing() {
        rig.established(MqttRig.options());
        rig.events.onReceive = () -> rig.session().pauseRx();
        rig.broker("30 05 0001 61 00 78 30 05 0001 61 00 79");
        rig.assertEvents("a=x");
        assertEquals(0, rig.wire().interest() & Interest.READ, "the socket is not read");
        rig.broker("30 05 0001 61 00 7a");
        rig.loop.advance(Duration.ofMinutes(5));
        rig.events.onReceive = () -> {};
        onLoop(() -> rig.session().resumeRx());
        rig.assertEvents("a=y", "a=z");
    }

    @Test
    void staysPausedOverAReconnection() {
        rig.established(MqttRig.options());
        onLoop(() -> rig.session().pauseRx());
        onLoop(() -> rig.session().dropConnection());
        rig.loop.advance(MqttRig.RETRY);
        rig.broker(MqttRig.TAKEN);
        rig.broker("30 05 0001 61 00 78");
        rig.assertEvents("disconnected LOCAL 0", "established");
        onLoop(() -> rig.session().resumeRx());
        rig.assertEvents("a=x");
    }

    // ---- subscriptions

    @Test
    void asksAgainForWhatAForgetfulBrokerMustKnow() {
        rig.established(MqttRig.options());
        onLoop(() -> rig.session().subscribe(Subscription.of("a", Qos.AT_LEAST_ONCE)));
        rig.assertSent("82 07 0001 00 0001 61 01");
        rig.broker("90 04 0001 00 01");
        rig.reconnect(MqttRig.TAKEN);
        rig.assertSent("82 07 0002 00 0001 61 01");
        rig.broker("90 04 0002 00 01");
        rig.assertEvents("subscribed [1]", "disconnected NETWORK 0", "established");
    }

    // ---- a broker that lets everybody in and throws everybody out

    @Test
    void comesBackLessOftenWhereItCannotStay() {
        rig.open(MqttRig.options()
                .retry(new RetryPolicy(
                        List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(9)),
                        0,
                        9,
                        Integer.MAX_VALUE)));
        int dialed = 1;
        for (int seconds : new int[] {1, 3, 9, 9}) {
            rig.broker(MqttRig.TAKEN);
            rig.cut();
            rig.loop.advance(Duration.ofSeconds(seconds).minusMillis(1));
            assertEquals(dialed, rig.dialed.size());
            rig.loop.advance(Duration.ofMillis(1));
            assertEquals(++dialed, rig.dialed.size(), "after " + seconds);
        }
        rig.broker(MqttRig.TAKEN);
        rig.loop.advance(Duration.ofSeconds(9));
        rig.cut();
        rig.loop.advance(Duration.ofSeconds(1));
        assertEquals(++dialed, rig.dialed.size(), "it has held");
    }
}
