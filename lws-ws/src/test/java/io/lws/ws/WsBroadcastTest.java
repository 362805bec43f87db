package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Limits;
import io.lws.Vhost;
import io.lws.testing.LeakCheck;
import io.lws.testing.LoopRunner;
import io.lws.testing.MemoryTransport;
import io.lws.ws.WsBroadcast.SlowReader;
import io.lws.ws.deflate.ContextTakeover;
import io.lws.ws.deflate.DeflateTerms;
import io.lws.ws.toy.DoublingExtension;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One to many: what each of several peers gets, also when one of them does not read. */
class WsBroadcastTest {
    private static final byte[] TAIL = {0, 0, -1, -1};

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final LoopRunner runner = leaks.loop(Limits.builder().build());
    private final List<MemoryTransport> near = new ArrayList<>();
    private final List<WsSession<Void>> sessions = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();

    private final class Subscriber implements WsProtocol<Void> {
        private final WsBroadcast broadcast;

        Subscriber(WsBroadcast broadcast) {
            this.broadcast = broadcast;
        }

        @Override
        public void onEstablished(WsSession<Void> ws) {
            sessions.add(ws);
            broadcast.add(ws);
        }

        @Override
        public void onClosed(WsSession<Void> ws, CloseInfo info) {
            ends.add(info.code() + " " + info.reason());
        }
    }

    /** Opens one session with what {@code offer}, when it is not empty, asks for. */
    private MemoryTransport open(WsBroadcast broadcast, String offer) {
        WsExtension deflate = WsDeflate.builder().thresholdBytes(10).build().extension();
        return open(
                broadcast,
                offer.isEmpty()
                        ? null
                        : deflate.answer(WsExtensionTerms.parse(List.of(offer)).get(0)));
    }

    private MemoryTransport open(WsBroadcast broadcast, @Nullable WsAgreement agreed) {
        MemoryTransport end = MemoryTransport.pair();
        near.add(end);
        Vhost vhost = Vhost.builder("test").build();
        runner.open(
                end,
                connection ->
                        WsConnection.server(connection, vhost, new Subscriber(broadcast), null, "", agreed, null));
        runner.settle();
        return end.peer();
    }

    private MemoryTransport open(WsBroadcast broadcast) {
        return open(broadcast, "");
    }

    @AfterEach
    void cut() {
        near.forEach(MemoryTransport::allow);
        runner.net().cut(CloseInfo.local(0, "end of the test"));
        runner.settle();
    }

    private static WsMessage text(String text) {
        return WsMessage.text(text);
    }

    private static String frames(MemoryTransport far) {
        List<String> frames = new ArrayList<>();
        new Frames.Recorder(WsSide.CLIENT, WsLimits.defaults(), 0).feed(ByteBuffer.wrap(far.received()), frames);
        return String.join(" ", frames.stream().map(String::strip).toList());
    }

    @Test
    void reachesAllInOrder() {
        WsBroadcast broadcast = WsBroadcast.builder().build();
        List<MemoryTransport> peers =
                IntStream.range(0, 5).mapToObj(i -> open(broadcast)).toList();
        for (int i = 0; i < 3; i++) {
            assertTrue(broadcast.send(text("m" + i)));
        }
        runner.settle();
        peers.forEach(peer -> assertEquals("TEXT m0 TEXT m1 TEXT m2", frames(peer)));
        assertEquals(0, broadcast.missed());
    }

    @Test
    void reachesNobodyWhoIsNotThere() {
        WsBroadcast broadcast = WsBroadcast.builder().build();
        MemoryTransport early = open(broadcast);
        broadcast.send(text("a"));
        runner.settle();
        MemoryTransport late = open(broadcast);
        runner.loop().execute(() -> broadcast.remove(sessions.get(0)));
        runner.settle();
        broadcast.send(text("b"));
        runner.settle();
        assertEquals("TEXT a", frames(early));
        assertEquals("TEXT b", frames(late));
    }

    @Test
    void letsGoOfWhoHasEnded() {
        WsBroadcast broadcast = WsBroadcast.builder().build();
        open(broadcast).reset();
        runner.settle();
        broadcast.send(text("to nobody"));
        runner.settle();
        assertEquals(1, ends.size());
        assertEquals(0, broadcast.missed());
    }

    @Test
    void refusesBoundsOfNothing() {
        assertThrows(IllegalArgumentException.class, () -> WsBroadcast.builder().pendingBytes(0));
        assertThrows(IllegalArgumentException.class, () -> WsBroadcast.builder().backlogBytes(-1));
    }

    @Test
    void refusesWhatALoopDoesNotComeRoundTo() {
        WsBroadcast broadcast = WsBroadcast.builder().backlogBytes(10).build();
        MemoryTransport peer = open(broadcast);
        assertTrue(broadcast.send(text("1234"))); // six bytes each
        assertFalse(broadcast.send(text("5678")));
        runner.settle();
        assertTrue(broadcast.send(text("9")));
        runner.settle();
        assertEquals("TEXT 1234 TEXT 9", frames(peer));
    }

    /** A burst of more than may wait for a reader that is slow misses nobody who reads. */
    @ParameterizedTest
    @EnumSource(SlowReader.class)
    void takesABurstForNoSlowness(SlowReader policy) {
        WsBroadcast broadcast =
                WsBroadcast.builder().slowReader(policy).pendingBytes(100).build();
        MemoryTransport peer = open(broadcast);
        StringBuilder expected = new StringBuilder();
        for (int i = 100; i < 300; i++) {
            assertTrue(broadcast.send(text("number " + i)));
            expected.append(" TEXT number ").append(i);
        }
        runner.settle();
        assertEquals(expected.toString().strip(), frames(peer));
    }

    /** One message is stuck in the socket, then six bytes each: three have room. */
    private MemoryTransport stall(WsBroadcast broadcast) {
        MemoryTransport stalled = open(broadcast);
        near.get(near.size() - 1).refuse();
        broadcast.send(text("head"));
        runner.settle();
        return stalled;
    }

    @Test
    void dropsForASlowReader() {
        WsBroadcast broadcast = WsBroadcast.builder()
                .slowReader(SlowReader.DROP)
                .pendingBytes(18)
                .build();
        MemoryTransport stalled = stall(broadcast);
        MemoryTransport other = open(broadcast);
        for (int i = 1; i <= 6; i++) {
            broadcast.send(text("msg" + i));
        }
        runner.settle();
        assertEquals(3, broadcast.missed());
        near.get(0).allow();
        runner.settle();
        assertEquals("TEXT head TEXT msg1 TEXT msg2 TEXT msg3", frames(stalled));
        broadcast.send(text("on"));
        runner.settle();
        assertEquals("TEXT on", frames(stalled));
        assertEquals("TEXT msg1 TEXT msg2 TEXT msg3 TEXT msg4 TEXT msg5 TEXT msg6 TEXT on", frames(other));
    }

    @Test
    void conflatesForASlowReaderByTopic() {
        WsBroadcast broadcast = WsBroadcast.builder()
                .slowReader(SlowReader.CONFLATE)
                .pendingBytes(18)
                .build();
        MemoryTransport stalled = stall(broadcast);
        for (String each : List.of("eur1", "usd1", "usd2", "eur2", "gbp1", "gbp2", "usd3")) {
            broadcast.send(each.substring(0, 3), text(each));
            runner.settle();
        }
        near.get(0).allow();
        runner.settle();
        assertEquals("TEXT head TEXT eur2 TEXT gbp2 TEXT usd3", frames(stalled));
        assertEquals(4, broadcast.missed());
    }

    @Test
    void conflatesBeyondItsTopicsWhenTheyDoNotFit() {
        WsBroadcast broadcast = WsBroadcast.builder()
                .slowReader(SlowReader.CONFLATE)
                .pendingBytes(12)
                .build();
        MemoryTransport stalled = stall(broadcast);
        runner.loop().execute(() -> sessions.get(0).post(text("mine")));
        for (String each : List.of("aaaa", "bbbb", "cccc")) {
            broadcast.send(each, text(each));
            runner.settle();
        }
        near.get(0).allow();
        runner.settle();
        assertEquals("TEXT head TEXT mine TEXT cccc", frames(stalled));
    }

    @Test
    void closesASlowReader() {
        WsBroadcast broadcast = WsBroadcast.builder()
                .slowReader(SlowReader.CLOSE)
                .pendingBytes(18)
                .build();
        MemoryTransport stalled = stall(broadcast);
        for (int i = 1; i <= 6; i++) {
            broadcast.send(text("msg" + i));
        }
        runner.settle();
        near.get(0).allow();
        runner.settle();
        assertEquals("TEXT head CLOSE 1008 too slow", frames(stalled));
        assertFalse(sessions.get(0).isOpen());
        assertEquals(1, broadcast.missed());
    }

    // ---- compression

    private static final String LONG = "to be compressed, ".repeat(5);

    /** Takes the frames apart, all of them short, and inflates with what came before at hand when {@code takeover}. */
    private static List<String> inflated(byte[] wire, boolean takeover) throws DataFormatException {
        List<String> texts = new ArrayList<>();
        Inflater inflater = new Inflater(true);
        ByteBuffer in = ByteBuffer.wrap(wire);
        while (in.hasRemaining()) {
            int head = in.get() & 0xff;
            byte[] payload = new byte[in.get()];
            in.get(payload);
            if (head == 0x81) {
                texts.add(new String(payload, StandardCharsets.UTF_8));
                continue;
            }
            assertEquals(0xc1, head);
            if (!takeover) {
                inflater.reset();
            }
            inflater.setInput(Frames.join(payload, TAIL));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] part = new byte[1024];
            for (int n = inflater.inflate(part); n > 0; n = inflater.inflate(part)) {
                out.write(part, 0, n);
            }
            texts.add(out.toString(StandardCharsets.UTF_8));
        }
        inflater.end();
        return texts;
    }

    @Test
    void compressesOnceForAllWithOneWindow() throws DataFormatException {
        WsBroadcast broadcast = WsBroadcast.builder().build();
        MemoryTransport kept = open(broadcast, "permessage-deflate");
        MemoryTransport none = open(broadcast, "permessage-deflate; server_no_context_takeover");
        MemoryTransport small = open(broadcast, "permessage-deflate; server_max_window_bits=9");
        MemoryTransport plain = open(broadcast);
        WsMessage message = text(LONG);
        broadcast.send(message);
        broadcast.send(text("short"));
        broadcast.send(message);
        runner.settle();
        byte[] one = kept.received();
        assertArrayEquals(one, none.received());
        assertEquals(List.of(LONG, "short", LONG), inflated(one, false), "each stands alone");
        assertEquals(List.of(LONG, "short", LONG), inflated(small.received(), true));
        assertEquals("TEXT " + LONG.strip() + " TEXT short TEXT " + LONG.strip(), frames(plain));
    }

    @Test
    void compressesAMessageNoMoreThanOnce() {
        WsMessage shared = text(LONG).toMany("topic");
        WsShared many = shared.shared();
        ByteBuffer room = ByteBuffer.allocate(100);
        WsMessage first = many.form(shared, deflating(15), WsWire.RSV1, room);
        assertTrue(first == many.form(shared, deflating(15), WsWire.RSV1, room), "made twice");
        assertFalse(first == many.form(shared, deflating(9), WsWire.RSV1, room), "another window, another form");
        assertTrue(first.lengthBytes() < LONG.length());
        WsMessage noise =
                WsMessage.binary(ByteBuffer.wrap(new byte[] {1, 7, 3, 99, 5})).toMany("topic");
        assertTrue(noise == noise.shared().form(noise, deflating(15), WsWire.RSV1, room), "gains nothing");
    }

    private WsTransform.ForMany deflating(int windowBits) {
        return new DeflateOutgoing(
                new DeflateTerms(ContextTakeover.KEPT, windowBits), WsDeflate.defaults(), DeflateLoop.of(runner.net()));
    }

    /** An extension that knows no more than any user of the library: what it makes goes out although it is longer. */
    @Test
    void transformsOnceForAllWhoseExtensionSaysSo() {
        WsBroadcast broadcast = WsBroadcast.builder().build();
        DoublingExtension repeat = new DoublingExtension(3);
        MemoryTransport one = open(broadcast, repeats(repeat, 2));
        MemoryTransport another = open(broadcast, repeats(repeat, 2));
        MemoryTransport thrice = open(broadcast, repeats(repeat, 3));
        MemoryTransport plain = open(broadcast);
        broadcast.send(text("hi"));
        broadcast.send(WsMessage.binary(ByteBuffer.allocate(1)));
        runner.settle();
        byte[] twice = {(byte) 0xa1, 4, 'h', 'h', 'i', 'i', (byte) 0x82, 1, 0};
        assertArrayEquals(twice, one.received());
        assertArrayEquals(twice, another.received());
        assertArrayEquals(
                new byte[] {(byte) 0xa1, 6, 'h', 'h', 'h', 'i', 'i', 'i', (byte) 0x82, 1, 0}, thrice.received());
        assertArrayEquals(new byte[] {(byte) 0x81, 2, 'h', 'i', (byte) 0x82, 1, 0}, plain.received());
        assertEquals(2, repeat.madeForMany());
    }

    private static WsAgreement repeats(WsExtension repeat, int times) {
        return repeat.answer(
                WsExtensionTerms.parse(List.of("x-repeat; times=" + times)).get(0));
    }

    /** What a session compresses for itself after a shared message must not refer to what its own compressor never saw. */
    @Test
    void leavesTheSessionsOwnCompressionUsable() throws DataFormatException {
        WsBroadcast broadcast = WsBroadcast.builder().build();
        MemoryTransport peer = open(broadcast, "permessage-deflate");
        String own = "its own: " + "abcdefgh".repeat(10);
        for (int round = 0; round < 2; round++) {
            runner.loop().execute(() -> sessions.get(0).post(text(own)));
            runner.settle();
            broadcast.send(text(LONG));
            runner.settle();
        }
        runner.loop().execute(() -> sessions.get(0).post(text(own)));
        runner.settle();
        assertEquals(List.of(own, LONG, own, LONG, own), inflated(peer.received(), true));
    }

    @Test
    void masksEachFrameOfAClientAnew() {
        WsBroadcast broadcast = WsBroadcast.builder().build();
        MemoryTransport end = MemoryTransport.pair();
        near.add(end);
        Vhost vhost = Vhost.builder("test").build();
        runner.open(
                end,
                connection ->
                        WsConnection.client(connection, vhost, new Subscriber(broadcast), null, "", null, info -> {}));
        runner.settle();
        broadcast.send(text("same"));
        broadcast.send(text("same"));
        runner.settle();
        byte[] wire = end.peer().received();
        assertEquals(20, wire.length);
        assertFalse(Arrays.equals(Arrays.copyOf(wire, 10), Arrays.copyOfRange(wire, 10, 20)));
        List<String> frames = new ArrayList<>();
        new Frames.Recorder(WsSide.SERVER, WsLimits.defaults(), 0).feed(ByteBuffer.wrap(wire), frames);
        assertEquals(List.of("TEXT same", "TEXT same"), frames);
    }
}
