package io.lws.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.ProtocolException;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.ReasonCode;
import io.lws.mqtt.store.InFlightStore;
import io.lws.mqtt.store.InFlightStore.Stage;
import io.lws.mqtt.store.MemoryInFlightStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The sender's half of QoS 1 and 2 over good and bad connections, and its bounds. */
class OutgoingMessagesTest {
    private final MemoryInFlightStore store = new MemoryInFlightStore();
    private final PacketIds ids = new PacketIds();
    private final OutgoingMessages outgoing = new OutgoingMessages(store, ids, 4, 10);

    private static MqttMessage message(Qos qos, String payload) {
        return MqttMessage.of("t", payload, qos);
    }

    private Outgoing offer(Qos qos, String payload) {
        assertTrue(outgoing.offer(message(qos, payload), null, null));
        return next();
    }

    private Outgoing next() {
        Outgoing one = outgoing.next();
        assertNotNull(one);
        return one;
    }

    private List<String> drain() {
        List<String> sent = new ArrayList<>();
        for (Outgoing one = outgoing.next(); one != null; one = outgoing.next()) {
            sent.add(one.message.text() + (one.dup ? " dup " : " ") + one.packetId);
            one.dup = true;
        }
        return sent;
    }

    private static int codeOf(Executable violation) {
        return assertThrows(ProtocolException.class, violation).code();
    }

    @Test
    void keepsAMessageUntilItsExchangeIsOver() {
        outgoing.connected(10);
        Outgoing one = offer(Qos.AT_LEAST_ONCE, "a");
        Outgoing two = offer(Qos.EXACTLY_ONCE, "b");
        assertEquals(2, store.load().outgoing().size());
        assertEquals(one, outgoing.onPubAck(one.packetId));
        assertEquals(two, outgoing.onPubRec(two.packetId));
        assertEquals(Stage.RELEASED, store.load().outgoing().get(0).stage());
        assertEquals(two, outgoing.onPubComp(two.packetId));
        assertEquals(List.of(), store.load().outgoing());
        assertEquals(0, outgoing.size());
    }

    @Test
    void keepsNothingOfQos0() {
        outgoing.connected(10);
        offer(Qos.AT_MOST_ONCE, "a");
        assertEquals(0, store.acceptedCount());
        assertEquals(0, outgoing.size());
    }

    @Test
    void staysWithinTheBrokersWindow() {
        outgoing.connected(1);
        Outgoing one = offer(Qos.EXACTLY_ONCE, "a");
        assertTrue(outgoing.offer(message(Qos.EXACTLY_ONCE, "b"), null, null));
        assertNull(outgoing.next());
        assertFalse(outgoing.hasNext());
        assertEquals(one, outgoing.onPubRec(one.packetId));
        assertNull(outgoing.next(), "PUBREC opens no window, PUBCOMP does");
        outgoing.onPubComp(one.packetId);
        assertTrue(outgoing.hasNext());
        assertEquals("b", next().message.text());
    }

    @Test
    void saysNoWhenTooManyOrTooMuchWaits() {
        assertTrue(outgoing.offer(message(Qos.AT_LEAST_ONCE, "12345678"), null, null));
        assertFalse(outgoing.offer(message(Qos.AT_LEAST_ONCE, "123"), null, null), "bytes");
        for (int i = 0; i < 2; i++) {
            assertTrue(outgoing.offer(message(Qos.AT_MOST_ONCE, ""), null, null));
        }
        assertTrue(outgoing.hasRoom());
        assertTrue(outgoing.offer(message(Qos.EXACTLY_ONCE, "1"), null, null));
        assertFalse(outgoing.hasRoom());
        assertFalse(outgoing.offer(message(Qos.AT_MOST_ONCE, ""), null, null), "messages");
        assertEquals(2, store.acceptedCount());
    }

    @Test
    void takesOneMessageOfAnyLengthWhenNothingWaits() {
        assertTrue(outgoing.offer(message(Qos.AT_LEAST_ONCE, "longer than ten bytes"), null, null));
        assertFalse(outgoing.offer(message(Qos.AT_MOST_ONCE, ""), null, null));
    }

    @Test
    void forgetsTheIdentifierOfAMessageThatTheStoreRefuses() {
        InFlightStore broken = new BrokenStore();
        OutgoingMessages messages = new OutgoingMessages(broken, ids, 4, 10);
        assertThrows(IllegalStateException.class, () -> messages.offer(message(Qos.AT_LEAST_ONCE, "a"), null, null));
        assertEquals(0, messages.size());
        assertEquals(2, ids.take());
        ids.release(2);
        for (int i = 3; i <= 65535; i++) {
            assertEquals(i, ids.take());
        }
        assertEquals(1, ids.take());
    }

    @Test
    void sendsAgainInTheOldOrderAndMarked() {
        outgoing.connected(10);
        offer(Qos.EXACTLY_ONCE, "a").dup = true;
        offer(Qos.AT_LEAST_ONCE, "b").dup = true;
        assertTrue(outgoing.offer(message(Qos.AT_LEAST_ONCE, "c"), null, null));
        assertEquals(List.of(), outgoing.disconnected());
        assertEquals(List.of(), outgoing.connected(10));
        assertEquals(List.of("a dup 1", "b dup 2", "c 3"), drain());
    }

    @Test
    void sendsOnlyPubRelOfWhatTheBrokerHas() {
        outgoing.connected(10);
        Outgoing one = offer(Qos.EXACTLY_ONCE, "a");
        outgoing.onPubRec(one.packetId);
        outgoing.disconnected();
        assertEquals(List.of(one), outgoing.connected(1));
        assertTrue(outgoing.offer(message(Qos.AT_LEAST_ONCE, "b"), null, null));
        assertEquals(List.of("b 2"), drain());
    }

    @Test
    void losesQos0WithTheConnection() {
        assertTrue(outgoing.offer(message(Qos.AT_MOST_ONCE, "a"), null, null));
        assertTrue(outgoing.offer(message(Qos.AT_LEAST_ONCE, "b"), null, null));
        assertEquals(1, outgoing.disconnected().size());
        assertEquals(1, outgoing.size());
    }

    @Test
    void tellsWhatALostSessionLeavesUnknown() {
        outgoing.connected(10);
        Outgoing unknown = offer(Qos.EXACTLY_ONCE, "a");
        Outgoing again = offer(Qos.AT_LEAST_ONCE, "b");
        again.dup = true;
        Outgoing there = offer(Qos.EXACTLY_ONCE, "c");
        outgoing.onPubRec(there.packetId);
        assertTrue(outgoing.offer(message(Qos.EXACTLY_ONCE, "d"), null, null));
        outgoing.disconnected();
        List<Outgoing> done = new ArrayList<>();
        assertEquals(List.of(unknown), outgoing.sessionLost(done));
        assertEquals(List.of(there), done);
        outgoing.connected(10);
        assertEquals(List.of("b 2", "d 4"), drain());
    }

    /** The second connection was lost before its turn came: what the first one has carried may be there all the same. */
    @Test
    void tellsWhatALostSessionLeavesUnknownAlsoOfAnEarlierConnection() {
        outgoing.connected(10);
        Outgoing unknown = offer(Qos.EXACTLY_ONCE, "a");
        unknown.dup = true;
        outgoing.disconnected();
        outgoing.connected(10);
        outgoing.disconnected();
        assertEquals(List.of(unknown), outgoing.sessionLost(new ArrayList<>()));
        outgoing.connected(10);
        assertEquals(List.of(), drain());
        assertEquals(0, outgoing.size());
    }

    @Test
    void goesOnWithWhatAStoreKept() {
        store.accepted(7, message(Qos.EXACTLY_ONCE, "a"));
        store.accepted(8, message(Qos.EXACTLY_ONCE, "b"));
        store.released(8);
        outgoing.restore(store.load().outgoing());
        assertEquals(8, outgoing.connected(10).get(0).packetId);
        assertEquals(List.of("a dup 7"), drain());
        for (int i = 1; i < 7; i++) {
            assertEquals(i, ids.take());
        }
        assertEquals(9, ids.take());
    }

    @Test
    void refusesAnswersThatDoNotFit() {
        outgoing.connected(10);
        Outgoing one = offer(Qos.AT_LEAST_ONCE, "a");
        Outgoing two = offer(Qos.EXACTLY_ONCE, "b");
        assertTrue(outgoing.offer(message(Qos.AT_LEAST_ONCE, "c"), null, null));
        assertEquals(ReasonCode.PROTOCOL_ERROR, codeOf(() -> outgoing.onPubRec(one.packetId)));
        assertEquals(ReasonCode.PROTOCOL_ERROR, codeOf(() -> outgoing.onPubComp(one.packetId)));
        assertEquals(ReasonCode.PROTOCOL_ERROR, codeOf(() -> outgoing.onPubAck(two.packetId)));
        assertEquals(ReasonCode.PROTOCOL_ERROR, codeOf(() -> outgoing.onPubComp(two.packetId)), "before PUBREC");
        assertEquals(ReasonCode.PROTOCOL_ERROR, codeOf(() -> outgoing.onPubAck(3)), "not sent yet");
    }

    @Test
    void takesAnswersToNothingCalmly() {
        outgoing.connected(10);
        assertNull(outgoing.onPubAck(9));
        assertNull(outgoing.onPubRec(9));
        assertNull(outgoing.onPubComp(9));
        assertNull(outgoing.onPubRecRefusal(9));
    }

    @Test
    void freesTheWindowOfARefusedMessage() {
        outgoing.connected(1);
        Outgoing one = offer(Qos.EXACTLY_ONCE, "a");
        assertEquals(one, outgoing.onPubRecRefusal(one.packetId));
        assertEquals("b", offer(Qos.EXACTLY_ONCE, "b").message.text());
    }

    /** Of which a disk is full. */
    private static final class BrokenStore implements InFlightStore {
        @Override
        public Kept load() {
            return new MemoryInFlightStore().load();
        }

        @Override
        public void accepted(int packetId, MqttMessage message) {
            throw new IllegalStateException("full");
        }

        @Override
        public void released(int packetId) {}

        @Override
        public void completed(int packetId) {}

        @Override
        public void received(int packetId) {}

        @Override
        public void forgotten(int packetId) {}

        @Override
        public long acceptedCount() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
