package io.lws.ws;

import static io.lws.ws.Frames.hex;
import static io.lws.ws.Frames.join;
import static io.lws.ws.Frames.masked;
import static io.lws.ws.WsInflationTest.deflated;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Limits;
import io.lws.Vhost;
import io.lws.testing.LeakCheck;
import io.lws.testing.LoopRunner;
import io.lws.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WsDeflateSessionTest {
    private static final int MIB = 1 << 20;
    private static final byte[] CLOSE = masked(0x88, hex("03e8"));

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final LoopRunner runner =
            leaks.loop(Limits.builder().turnBytes(256 << 10).build());
    private final MemoryTransport near = MemoryTransport.pair();
    private final MemoryTransport client = near.peer();
    private final Recorder protocol = new Recorder();

    /** Counts what arrives; echoes when told to. */
    private static final class Recorder implements WsProtocol<Void> {
        final ArrayDeque<WsFragment> pending = new ArrayDeque<>();
        boolean echoing;
        boolean pausing;
        boolean plain;
        long receivedBytes;
        int messages;
        int closeCode;
        WsSession<Void> session;

        @Override
        public void onEstablished(WsSession<Void> ws) {
            session = ws;
        }

        @Override
        public void onReceive(WsSession<Void> ws, WsFragment rx) {
            receivedBytes += rx.lengthBytes();
            messages += rx.isFinal() ? 1 : 0;
            if (echoing) {
                pending.add(rx.copy());
                ws.requestWriteable();
            }
            if (pausing) {
                ws.pauseRx();
            }
        }

        @Override
        public void onWriteable(WsSession<Void> ws, WsTx tx) {
            WsFragment next = pending.poll();
            if (next != null) {
                (plain && next.isFirst() ? tx.uncompressed() : tx).write(next);
                ws.requestWriteable();
            }
        }

        @Override
        public void onClosed(WsSession<Void> ws, CloseInfo info) {
            closeCode = info.code();
        }
    }

    private void open(WsLimits limits, WsDeflate settings, String offer) {
        Vhost vhost = Vhost.builder("test").option(limits).option(settings).build();
        WsAgreement agreed = new DeflateExtension(settings)
                .answer(WsExtensionTerms.parse(List.of(offer)).get(0));
        runner.open(near, connection -> WsConnection.server(connection, vhost, protocol, null, "", agreed, null));
        runner.settle();
    }

    private void open() {
        open(
                WsLimits.defaults(),
                WsDeflate.builder().thresholdBytes(0).build(),
                "permessage-deflate; client_max_window_bits");
    }

    private void closeAll() {
        client.send(CLOSE);
        runner.settle();
        client.fin();
        runner.settle();
    }

    @Test
    void echoesCompressed() {
        open();
        protocol.echoing = true;
        client.send(
                join(masked(0xc1, hex("f248cdc9c90700")), masked(0xc1, hex("f200110000")), masked(0xc1, hex("00"))));
        runner.settle();
        assertArrayEquals(hex("c107 f248cdc9c90700 c105 f200110000 c101 00"), client.received());
        closeAll();
        assertEquals(1000, protocol.closeCode);
    }

    @Test
    void sendsAsItIsWhatTheUserWantsSo() {
        open();
        protocol.echoing = true;
        protocol.plain = true;
        client.send(masked(0xc1, hex("f248cdc9c90700")));
        runner.settle();
        assertArrayEquals(Frames.join(hex("8105"), Frames.utf8("Hello")), client.received());
        closeAll();
    }

    @Test
    void sendsSmallMessagesAsTheyAre() {
        open(WsLimits.defaults(), WsDeflate.builder().thresholdBytes(6).build(), "permessage-deflate");
        protocol.echoing = true;
        client.send(join(masked(0x81, "Hello"), masked(0x81, "Hello!")));
        runner.settle();
        byte[] received = client.received();
        assertEquals((byte) 0x81, received[0]);
        assertEquals((byte) 0xc1, received[7]);
        closeAll();
    }

    /** One small read stands for 16 MiB: other sessions get their turns between, and nothing is held. */
    @Test
    void sharesTheLoopWhileItInflates() {
        open(WsLimits.defaults(), WsDeflate.defaults(), "permessage-deflate");
        client.send(join(masked(0xc2, deflated(new byte[16 * MIB])), masked(0x82, "behind")));
        long most = 0;
        long before = 0;
        for (int turns = 0; protocol.messages < 2 && turns < 1000; turns++) {
            runner.turn();
            most = Math.max(most, protocol.receivedBytes - before);
            before = protocol.receivedBytes;
        }
        assertEquals(16L * MIB + 6, protocol.receivedBytes);
        assertEquals(2, protocol.messages);
        assertTrue(most <= 1 << 20, "bytes in one turn: " + most);
        closeAll();
    }

    @Test
    void endsABombWithTooBig() {
        open(WsLimits.builder().maxMessageBytes(MIB).build(), WsDeflate.defaults(), "permessage-deflate");
        client.send(masked(0xc2, deflated(new byte[64 * MIB])));
        runner.settle();
        assertArrayEquals(hex("03f1"), slice(client.received(), 2, 2));
        assertTrue(protocol.receivedBytes <= MIB + (64 << 10), "handed on: " + protocol.receivedBytes);
        assertEquals(1009, protocol.closeCode);
        client.fin();
        runner.settle();
    }

    @Test
    void waitsWhereItWasPaused() {
        open();
        protocol.pausing = true;
        client.send(join(masked(0xc2, deflated(new byte[MIB])), masked(0x82, "behind")));
        runner.settle();
        assertEquals(64 << 10, protocol.receivedBytes);
        client.send(masked(0x82, "later"));
        runner.settle();
        assertEquals(64 << 10, protocol.receivedBytes);
        for (int i = 0; i < 30 && protocol.messages < 3; i++) {
            protocol.session.resumeRx();
            runner.settle();
        }
        assertEquals(MIB + 11, protocol.receivedBytes);
        assertEquals(3, protocol.messages);
        protocol.pausing = false;
        protocol.session.resumeRx();
        closeAll();
    }

    /** A peer that sends little, asks for much and reads nothing stops being read, in the middle of a message. */
    @Test
    void stopsInflatingForAPeerThatDoesNotRead() {
        open(
                WsLimits.defaults(),
                WsDeflate.builder().thresholdBytes(Integer.MAX_VALUE).build(),
                "permessage-deflate");
        protocol.echoing = true;
        protocol.plain = true;
        near.refuse();
        client.send(masked(0xc2, deflated(new byte[8 * MIB])));
        runner.settle();
        assertTrue(protocol.receivedBytes < MIB, "inflated: " + protocol.receivedBytes);
        near.allow();
        runner.settle();
        assertEquals(8L * MIB, protocol.receivedBytes);
        client.received();
        closeAll();
    }

    @Test
    void closesInTheMiddleOfAMessage() {
        open();
        protocol.pausing = true;
        client.send(join(masked(0xc2, deflated(new byte[MIB])), CLOSE));
        runner.settle();
        protocol.session.close();
        runner.settle();
        assertEquals(1000, protocol.closeCode);
        client.fin();
        runner.settle();
        assertNoZlibLeft();
    }

    @Test
    void givesZlibBackWhenIdle() {
        open();
        protocol.echoing = true;
        client.send(masked(0xc1, hex("f248cdc9c90700")));
        runner.settle();
        runner.advance(Duration.ofSeconds(21));
        assertNoZlibLeft();
        client.received();
        client.send(masked(0xc1, hex("f200110000")));
        runner.settle();
        assertArrayEquals(hex("c107 f248cdc9c90700"), client.received(), "begins anew");
        closeAll();
        assertNoZlibLeft();
    }

    private void assertNoZlibLeft() {
        DeflateLoop shared = DeflateLoop.of(runner.net());
        assertEquals(0, shared.inflaters.lent());
        assertEquals(
                0,
                shared.deflaters(WsDeflate.builder().thresholdBytes(0).build()).lent());
    }

    private static byte[] slice(byte[] from, int at, int length) {
        byte[] bytes = new byte[length];
        ByteBuffer.wrap(from).get(at, bytes);
        return bytes;
    }
}
