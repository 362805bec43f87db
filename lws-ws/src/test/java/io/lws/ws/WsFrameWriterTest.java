package io.lws.ws;

import static io.lws.ws.Frames.hex;
import static io.lws.ws.Frames.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WsFrameWriterTest {
    private static final WsFrameWriter CLIENT = WsFrameWriter.client(() -> Frames.KEY);

    @Test
    void writesTheExamplesOfTheRfc() {
        assertWrites("81 05 48656c6c6f", out -> frame(WsFrameWriter.SERVER, out, 0x81, utf8("Hello")));
        assertWrites("81 85 37fa213d 7f9f4d5158", out -> frame(CLIENT, out, 0x81, utf8("Hello")));
        assertWrites("01 03 48656c", out -> frame(WsFrameWriter.SERVER, out, 0x01, utf8("Hel")));
        assertWrites("80 02 6c6f", out -> frame(WsFrameWriter.SERVER, out, 0x80, utf8("lo")));
        assertWrites("82 7e 0100", out -> WsFrameWriter.SERVER.header(out, 0x82, 256));
        assertWrites("82 7f 0000000000010000", out -> WsFrameWriter.SERVER.header(out, 0x82, 65536));
        assertWrites("82 7f 0000010000000000", out -> WsFrameWriter.SERVER.header(out, 0x82, 1L << 40));
    }

    @Test
    void writesCloseFrames() {
        assertWrites("88 00", out -> WsFrameWriter.SERVER.close(out, WsCloseCode.NO_STATUS, "unused"));
        assertWrites("88 02 03e8", out -> WsFrameWriter.SERVER.close(out, WsCloseCode.NORMAL, ""));
        assertWrites("88 05 03e9 627965", out -> WsFrameWriter.SERVER.close(out, WsCloseCode.GOING_AWAY, "bye"));
        assertWrites("88 82 37fa213d 3412", out -> CLIENT.close(out, WsCloseCode.NORMAL, ""));
        assertWrites("88 7c 03e8" + "c3bc".repeat(61), out -> WsFrameWriter.SERVER.close(out, 1000, "ü".repeat(90)));
        assertWrites("88 7d 03e8" + "61".repeat(123), out -> WsFrameWriter.SERVER.close(out, 1000, "a".repeat(123)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 999, 1004, 1006, 1015, 1016, 2999, 5000, 66536})
    void refusesToWriteCloseCode(int code) {
        ByteBuffer out = ByteBuffer.allocate(200);
        assertThrows(IllegalArgumentException.class, () -> WsFrameWriter.SERVER.close(out, code, ""));
        assertEquals(0, out.position());
    }

    @Test
    void refusesLongControlFrames() {
        ByteBuffer out = ByteBuffer.allocate(200);
        ByteBuffer payload = ByteBuffer.allocate(126);
        assertThrows(
                IllegalArgumentException.class, () -> WsFrameWriter.SERVER.control(out, WsWire.PING, payload, 0, 126));
        assertEquals(0, out.position());
    }

    @Test
    void parsesBackWhatItWrites() {
        Random random = new Random(3);
        for (int length : new int[] {0, 1, 7, 8, 63, 64, 125, 126, 127, 128, 1000, 65535, 65536, 70000}) {
            byte[] payload = new byte[length];
            random.nextBytes(payload);
            assertRoundTrip(CLIENT, WsSide.SERVER, payload);
            assertRoundTrip(WsFrameWriter.SERVER, WsSide.CLIENT, payload);
        }
    }

    private static void assertRoundTrip(WsFrameWriter writer, WsSide reader, byte[] payload) {
        ByteBuffer source = ByteBuffer.allocateDirect(payload.length + 5).put(3, payload);
        ByteBuffer out = ByteBuffer.allocateDirect(payload.length + 20);
        writer.frame(out, 0x82, source, 3, payload.length);
        assertEquals(writer.frameBytes(payload.length), out.position());
        assertEquals(List.of("BINARY " + Frames.Recorder.show(payload)), read(reader, out.flip()));
        byte[] after = new byte[payload.length];
        source.get(3, after);
        assertArrayEquals(payload, after, "the caller's payload");
        assertEquals(0, source.position());

        WsMessage message = WsMessage.binary(ByteBuffer.wrap(payload));
        writer.message(out.clear(), message);
        assertEquals(List.of("BINARY " + Frames.Recorder.show(payload)), read(reader, out.flip()));
        assertEquals(ByteBuffer.wrap(payload), message.payload());
    }

    @Test
    void writesPiecesAsFramesOfTheSameMessage() {
        WsFragment lender = WsFragment.lender(new WsFragmentPool(1 << 20));
        ByteBuffer in = ByteBuffer.wrap(utf8("abcdef"));
        ByteBuffer out = ByteBuffer.allocate(100);
        int middle = WsWire.TEXT;
        CLIENT.fragment(out, lender.lend(in, 0, 2, middle | WsPiece.FIRST | WsPiece.FRAME_END));
        CLIENT.fragment(out, lender.lend(in, 2, 4, middle));
        CLIENT.fragment(out, lender.lend(in, 4, 6, middle | WsPiece.FINAL).copy());
        assertEquals(List.of("TEXT abcdef"), read(WsSide.SERVER, out.flip()));
    }

    private static List<String> read(WsSide side, ByteBuffer wire) {
        List<String> events = new ArrayList<>();
        new Frames.Recorder(side, WsLimits.defaults(), 0).feed(wire, events);
        return events;
    }

    private static void frame(WsFrameWriter writer, ByteBuffer out, int head, byte[] payload) {
        writer.frame(out, head, ByteBuffer.wrap(payload), 0, payload.length);
    }

    private static void assertWrites(String expected, Consumer<ByteBuffer> write) {
        ByteBuffer out = ByteBuffer.allocate(200);
        write.accept(out);
        byte[] written = new byte[out.position()];
        out.get(0, written);
        assertArrayEquals(hex(expected), written);
    }
}
