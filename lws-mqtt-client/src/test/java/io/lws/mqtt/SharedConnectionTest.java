package io.lws.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.loop.Interest;
import io.lws.mqtt.MqttRig.Recorder;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Several sessions on one connection: one CONNECT, and no packet for what the broker has been told. */
class SharedConnectionTest {
    private static final Subscription A = Subscription.of("a", Qos.AT_LEAST_ONCE);
    private static final Subscription A_NO_KEPT = new Subscription(
            "a",
            Qos.AT_LEAST_ONCE,
            Subscription.LocalMessages.INCLUDED,
            Subscription.RetainAs.KEPT_BEFORE,
            Subscription.RetainHandling.NEVER);

    private final MqttRig rig = new MqttRig();
    private final MqttSharedConnection shared = MqttSharedConnection.open(
            rig.vhost, rig.loop.net(), MqttRig.options().build(), rig.reach());
    private final Recorder one = new Recorder("1 ");
    private final Recorder two = new Recorder("2 ");

    private MqttSession<@Nullable Void> join(Recorder protocol) {
        MqttSession<@Nullable Void> session = shared.join(protocol);
        rig.loop.settle();
        return session;
    }

    private void taken() {
        rig.loop.settle();
        rig.sent();
        rig.broker(MqttRig.TAKEN);
    }

    private void settle(Runnable call) {
        call.run();
        rig.loop.settle();
    }

    private static void assertLines(Recorder of, String... lines) {
        assertEquals(List.of(lines), of.lines);
        of.lines.clear();
    }

    @Test
    void connectsOnceForAll() {
        join(one);
        taken();
        join(two);
        assertLines(one, "1 established");
        assertLines(two, "2 established");
        assertEquals(1, rig.dialed.size());
        assertEquals(2, shared.size());
    }

    @Test
    void givesEachWhatItsFiltersSayAndAFilterBackWithItsLastHolder() {
        taken();
        MqttSession<@Nullable Void> first = join(one);
        MqttSession<@Nullable Void> second = join(two);
        settle(() -> first.subscribe(A_NO_KEPT));
        rig.assertSent("82 07 0001 00 0001 61 21");
        rig.broker("90 04 0001 00 01");
        settle(() -> second.subscribe(A_NO_KEPT));
        rig.assertSent("");
        settle(() -> second.subscribe(Subscription.of("b/+", Qos.AT_MOST_ONCE)));
        rig.broker("90 04 0002 00 00");
        rig.sent();
        rig.broker("30 05 0001 61 00 78 30 07 0003 622f63 00 79");
        assertLines(one, "1 established", "1 subscribed [1]", "1 a=x");
        assertLines(two, "2 established", "2 subscribed [1]", "2 subscribed [0]", "2 a=x", "2 b/c=y");
        settle(() -> first.unsubscribe(List.of("a")));
        rig.assertSent("");
        assertLines(one, "1 unsubscribed [a]");
        rig.broker("30 05 0001 61 00 78");
        assertLines(one);
        settle(second::close);
        rig.assertSent("a2 0b 0003 00 0001 61 0003 622f2b");
        assertLines(two, "2 a=x", "2 closed LOCAL 0");
        assertTrue(first.isOpen());
        assertFalse(second.isOpen());
    }

    @Test
    void fetchesKeptMessagesForTheNewcomerAlone() {
        taken();
        MqttSession<@Nullable Void> first = join(one);
        MqttSession<@Nullable Void> second = join(two);
        settle(() -> first.subscribe(A));
        rig.broker("90 04 0001 00 01 31 05 0001 61 00 78");
        settle(() -> second.subscribe(A));
        rig.broker("90 04 0002 00 01 31 05 0001 61 00 78 30 05 0001 61 00 79");
        assertLines(one, "1 established", "1 subscribed [1]", "1 a=x", "1 a=y");
        assertLines(two, "2 established", "2 subscribed [1]", "2 a=x", "2 a=y");
    }

    @Test
    void tellsEachItsOwnAcknowledgements() {
        taken();
        MqttSession<@Nullable Void> first = join(one);
        MqttSession<@Nullable Void> second = join(two);
        settle(() -> first.publish(MqttMessage.of("t", "x", Qos.AT_LEAST_ONCE)));
        settle(() -> second.publish(MqttMessage.of("t", "y", Qos.AT_LEAST_ONCE)));
        settle(() -> first.publish(MqttMessage.of("t", "z", Qos.AT_MOST_ONCE)));
        rig.broker("40 02 0002 40 02 0001");
        assertLines(one, "1 established", "1 ack x 0");
        assertLines(two, "2 established", "2 ack y 0");
    }

    @Test
    void readsNothingWhileOneIsPaused() {
        taken();
        MqttSession<@Nullable Void> first = join(one);
        MqttSession<@Nullable Void> second = join(two);
        settle(first::pauseRx);
        settle(second::pauseRx);
        settle(first::resumeRx);
        rig.broker("30 05 0001 61 00 78");
        assertEquals(0, rig.wire().interest() & Interest.READ);
        settle(second::close);
        assertEquals(Interest.READ, rig.wire().interest() & Interest.READ);
    }

    @Test
    void losesOnlyTheOneWhoseCallbackThrows() {
        taken();
        MqttSession<@Nullable Void> first = join(one);
        MqttSession<@Nullable Void> second = join(two);
        settle(() -> first.subscribe(A));
        settle(() -> second.subscribe(A));
        rig.broker("90 04 0001 00 01 90 04 0002 00 01");
        one.onReceive = () -> {
            throw new IllegalStateException("on purpose");
        };
        rig.broker("30 05 0001 61 00 78");
        rig.broker("30 05 0001 61 00 79");
        assertLines(one, "1 established", "1 subscribed [1]", "1 a=x", "1 closed CALLBACK 0");
        assertLines(two, "2 established", "2 subscribed [1]", "2 a=x", "2 a=y");
    }

    @Test
    void asksForAllFiltersAgainWhenTheBrokerHasForgotten() {
        taken();
        MqttSession<@Nullable Void> first = join(one);
        MqttSession<@Nullable Void> second = join(two);
        settle(() -> first.subscribe(A));
        settle(() -> second.subscribe(Subscription.of("b", Qos.AT_LEAST_ONCE)));
        rig.broker("90 04 0001 00 01 90 04 0002 00 01");
        rig.reconnect(MqttRig.TAKEN);
        rig.assertSent("82 0b 0003 00 0001 61 01 0001 62 01");
        assertLines(one, "1 established", "1 subscribed [1]", "1 disconnected NETWORK 0", "1 established");
        assertTrue(second.isConnected());
    }

    @Test
    void endsAllWithItself() {
        taken();
        join(one);
        join(two);
        settle(shared::close);
        rig.assertSent("e0 00");
        assertLines(one, "1 established", "1 closed LOCAL 0");
        assertLines(two, "2 established", "2 closed LOCAL 0");
        Recorder late = new Recorder("3 ");
        join(late);
        assertLines(late, "3 closed LOCAL 0");
    }

    /** The original has room for eight. */
    @Test
    void takesHundreds() {
        taken();
        List<Recorder> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Recorder each = new Recorder("");
            all.add(each);
            join(each).subscribe(A_NO_KEPT);
        }
        rig.loop.settle();
        rig.broker("90 04 0001 00 01");
        rig.broker("30 05 0001 61 00 78");
        for (Recorder each : all) {
            assertTrue(each.lines.contains("a=x"));
        }
    }
}
