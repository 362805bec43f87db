package io.lws.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Limits;
import io.lws.mqtt.MqttSession.Publishing;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.PayloadSource;
import io.lws.mqtt.packet.PublishHead;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.store.FileInFlightStore;
import io.lws.mqtt.store.FileInFlightStore.Durability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads that nobody holds: what is sent of them, what waits for their end, and what becomes of those that break off. */
class PublishInPiecesTest {
    private static final int TOTAL_BYTES = 300_000;

    @TempDir
    Path directory;

    private final MqttRig rig = new MqttRig();

    /** Counts up, as far as it is allowed to. */
    private static final class Counting implements PayloadSource {
        private int available = TOTAL_BYTES;
        private boolean broken;
        private int readUpTo;

        @Override
        public int totalBytes() {
            return TOTAL_BYTES;
        }

        @Override
        public void read(int offset, ByteBuffer into) throws IOException {
            if (offset >= available && broken) {
                throw new IOException("on purpose");
            }
            for (int i = offset; i < available && into.hasRemaining(); i++) {
                into.put((byte) (i % 251));
                readUpTo = i + 1;
            }
        }

        private Counting upTo(int bytes) {
            available = bytes;
            return this;
        }

        private Counting breaksAt(int bytes) {
            broken = true;
            return upTo(bytes);
        }
    }

    private static byte[] counted(int from, int to) {
        byte[] bytes = new byte[to - from];
        for (int i = from; i < to; i++) {
            bytes[i - from] = (byte) (i % 251);
        }
        return bytes;
    }

    private Publishing publish(Qos qos, PayloadSource source) {
        Publishing taken = rig.session().publish(MqttMessage.of("t", "", qos), source);
        rig.loop.settle();
        return taken;
    }

    private byte[] received() {
        return rig.wire().peer().received();
    }

    private void assertReceived(String head, byte[] payload, String rest) {
        byte[] expected = MqttRig.bytes(head);
        byte[] end = MqttRig.bytes(rest);
        byte[] all = Arrays.copyOf(expected, expected.length + payload.length + end.length);
        System.arraycopy(payload, 0, all, expected.length, payload.length);
        System.arraycopy(end, 0, all, expected.length + payload.length, end.length);
        assertEquals(ByteBuffer.wrap(all), ByteBuffer.wrap(received()));
    }

    @ParameterizedTest
    @CsvSource({"AT_MOST_ONCE, 30 e4 a7 12 0001 74 00", "EXACTLY_ONCE, 34 e6 a7 12 0001 74 0001 00"})
    void sendsTheWholeOfIt(Qos qos, String head) {
        rig.established(MqttRig.options());
        assertEquals(Publishing.TAKEN, publish(qos, new Counting()));
        assertReceived(head, counted(0, TOTAL_BYTES), "");
    }

    @Test
    void readsNoMoreThanThePeerTakes() {
        rig.established(MqttRig.options());
        rig.wire().refuse();
        Counting source = new Counting();
        publish(Qos.AT_LEAST_ONCE, source);
        assertTrue(source.readUpTo <= 4 * PublishInPieces.PIECE_BYTES, source.readUpTo + " bytes were read");
        rig.wire().allow();
        rig.loop.settle();
        assertReceived("32 e6 a7 12 0001 74 0001 00", counted(0, TOTAL_BYTES), "");
    }

    /** Longer than what may wait for a peer that is slow. */
    @Test
    void sendsAMessageThatIsLongerThanAnyQueue() {
        MqttRig narrow =
                new MqttRig(Limits.builder().maxPendingBytes(256 << 10).build()).established(MqttRig.options());
        narrow.wire().refuse();
        narrow.session().publish(MqttMessage.of("t", ByteBuffer.allocate(1 << 20), Qos.AT_MOST_ONCE));
        narrow.loop.settle();
        narrow.wire().allow();
        narrow.loop.settle();
        assertEquals(4 + 3 + 1 + (1 << 20), narrow.wire().peer().received().length);
        narrow.assertEvents();
    }

    @Test
    void answersTheBrokerBehindThePayload() {
        rig.established(MqttRig.options());
        Counting source = new Counting().upTo(50_000);
        publish(Qos.AT_MOST_ONCE, source);
        rig.broker("32 07 0001 61 0007 00 78");
        publish(Qos.AT_MOST_ONCE, source);
        rig.assertEvents("a=x");
        assertReceived("30 e4 a7 12 0001 74 00", counted(0, 50_000), "");
        source.upTo(60_000);
        rig.session().requestWriteable();
        rig.loop.settle();
        assertReceived("", counted(50_000, 60_000), "");
        source.upTo(TOTAL_BYTES);
        rig.session().requestWriteable();
        rig.loop.settle();
        byte[] second = received();
        byte[] first = Arrays.copyOf(second, TOTAL_BYTES - 60_000);
        assertEquals(ByteBuffer.wrap(counted(60_000, TOTAL_BYTES)), ByteBuffer.wrap(first));
        assertEquals(
                ByteBuffer.wrap(MqttRig.bytes("40 02 0007 30 e4 a7 12 0001 74 00")),
                ByteBuffer.wrap(second, first.length, 4 + 8));
        assertEquals(first.length + 4 + 8 + TOTAL_BYTES, second.length);
        rig.assertEvents("writeable");
    }

    @Test
    void readsAgainFromTheStartAfterALostConnection() {
        rig.established(MqttRig.options().keepSession(Duration.ofHours(1)));
        Counting source = new Counting().upTo(50_000);
        publish(Qos.EXACTLY_ONCE, source);
        source.upTo(TOTAL_BYTES);
        rig.reconnect(MqttRig.TAKEN_AGAIN);
        assertReceived("3c e6 a7 12 0001 74 0001 00", counted(0, TOTAL_BYTES), "");
        rig.broker("50 02 0001");
        rig.assertSent("62 02 0001");
        rig.broker("70 02 0001");
        rig.assertEvents("disconnected NETWORK 0", "established again", "ack  0");
    }

    @Test
    void costsNoConnectionWhenNothingCanBeRead() {
        rig.established(MqttRig.options());
        publish(Qos.AT_LEAST_ONCE, new Counting().breaksAt(0));
        rig.assertSent("");
        rig.assertEvents("ack  80");
        rig.session().publish(MqttMessage.of("t", "x", Qos.AT_LEAST_ONCE));
        rig.loop.settle();
        rig.assertSent("32 07 0001 74 0002 00 78");
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    void costsTheConnectionWhenTheRestCannotBeRead(Qos qos) {
        rig.established(MqttRig.options().keepSession(Duration.ofHours(1)));
        publish(qos, new Counting().breaksAt(100_000));
        rig.assertEvents("ack  80", "disconnected LOCAL 0");
        rig.loop.advance(MqttRig.RETRY);
        received();
        rig.broker(MqttRig.TAKEN_AGAIN);
        rig.assertSent("");
    }

    @Test
    void tellsOfAQos0MessageThatBrokeOff() {
        rig.established(MqttRig.options());
        int[] code = {-1};
        rig.session()
                .publish(
                        MqttMessage.of("t", "", Qos.AT_MOST_ONCE),
                        new Counting().upTo(9),
                        (done, answer) -> code[0] = done);
        rig.loop.settle();
        assertEquals(-1, code[0]);
        rig.cut();
        assertEquals(0x80, code[0]);
    }

    @Test
    void saysNoGoodbyeInTheMiddle() {
        rig.established(MqttRig.options());
        publish(Qos.AT_MOST_ONCE, new Counting().upTo(5));
        rig.session().close();
        rig.loop.settle();
        assertReceived("30 e4 a7 12 0001 74 00", counted(0, 5), "");
        assertTrue(rig.wire().peer().sawFin());
    }

    @Test
    void tellsABrokerNothingOfItsMistakeInTheMiddle() {
        rig.established(MqttRig.options());
        publish(Qos.AT_MOST_ONCE, new Counting().upTo(5));
        rig.broker("c0");
        assertReceived("30 e4 a7 12 0001 74 00", counted(0, 5), "");
        rig.assertEvents("disconnected PROTOCOL 82");
    }

    /** PUBREL after PUBREL, each of which wants an answer that cannot go out. */
    @Test
    void holdsOnlySoManyAnswers() {
        rig.established(MqttRig.options());
        publish(Qos.AT_MOST_ONCE, new Counting().upTo(5));
        String thousand = "62 02 0001".repeat(1000);
        for (int i = 0; i < 300 && rig.events.lines.isEmpty(); i++) {
            rig.broker(thousand);
        }
        rig.assertEvents("disconnected PROTOCOL 93");
    }

    @Test
    void givesUpABrokerThatIsSilentWhileTheSourceIs() {
        rig.established(MqttRig.options());
        publish(Qos.AT_MOST_ONCE, new Counting().upTo(5));
        rig.loop.advance(Duration.ofSeconds(30));
        rig.loop.advance(Duration.ofSeconds(15));
        rig.assertEvents("disconnected TIMEOUT 0");
    }

    /** It cannot be asked for a sign of life meanwhile. */
    @Test
    void takesABrokerThatTakesThePayloadForAlive() {
        rig.established(MqttRig.options());
        Counting source = new Counting();
        for (int seconds = 0; seconds < 200; seconds += 20) {
            source.upTo(1000 * (seconds + 1));
            if (seconds == 0) {
                publish(Qos.AT_MOST_ONCE, source);
            }
            rig.session().requestWriteable();
            rig.loop.advance(Duration.ofSeconds(20));
        }
        rig.assertEvents();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, PublishHead.MAX_PAYLOAD_BYTES + 1})
    void refusesALengthThatNoPacketCanHave(int totalBytes) {
        rig.established(MqttRig.options());
        PayloadSource source = new PayloadSource() {
            @Override
            public int totalBytes() {
                return totalBytes;
            }

            @Override
            public void read(int offset, ByteBuffer into) {}
        };
        assertThrows(IllegalArgumentException.class, () -> publish(Qos.AT_MOST_ONCE, source));
        assertEquals(0, rig.session().outgoing().size());
    }

    @Test
    void refusesTwoPayloads() {
        rig.established(MqttRig.options());
        MqttMessage full = MqttMessage.of("t", "x", Qos.AT_MOST_ONCE);
        assertThrows(IllegalArgumentException.class, () -> rig.session().publish(full, new Counting()));
    }

    // ---- files

    private MqttOptions.Builder withJournal() {
        return MqttRig.options()
                .keepSession(Duration.ofHours(1))
                .store(FileInFlightStore.open(directory.resolve("journal"), Durability.PROCESS));
    }

    private Path file() throws IOException {
        return Files.write(directory.resolve("payload"), counted(0, TOTAL_BYTES));
    }

    @Test
    void refusesASourceThatAFileStoreCouldNotFindAgain() {
        rig.established(withJournal());
        assertThrows(IllegalArgumentException.class, () -> publish(Qos.AT_LEAST_ONCE, new Counting()));
        publish(Qos.AT_MOST_ONCE, new Counting());
        assertReceived("30 e4 a7 12 0001 74 00", counted(0, TOTAL_BYTES), "");
        rig.session().close();
    }

    @Test
    void sendsAFileAgainAfterTheProcessHasEnded() throws IOException {
        rig.established(withJournal());
        publish(Qos.EXACTLY_ONCE, PayloadSource.ofFile(file()));
        rig.session().close();
        rig.loop.settle();
        MqttRig next = new MqttRig();
        next.open(withJournal());
        next.sent();
        next.wire().peer().send(MqttRig.bytes(MqttRig.TAKEN_AGAIN));
        next.loop.settle();
        byte[] sent = next.wire().peer().received();
        assertEquals(ByteBuffer.wrap(counted(0, TOTAL_BYTES)), ByteBuffer.wrap(sent, 10, TOTAL_BYTES));
        assertEquals(0x3c, sent[0]);
        next.session().close();
    }

    @Test
    void sendsNoFileThatHasChanged() throws IOException {
        rig.unreachable = true;
        rig.open(withJournal());
        Path file = file();
        publish(Qos.EXACTLY_ONCE, PayloadSource.ofFile(file));
        Files.write(file, counted(0, TOTAL_BYTES + 1));
        rig.unreachable = false;
        rig.loop.advance(MqttRig.RETRY);
        rig.sent();
        rig.broker(MqttRig.TAKEN_AGAIN);
        rig.assertSent("");
        rig.assertEvents("disconnected NETWORK 0", "established again", "ack  80");
        rig.session().close();
    }
}
