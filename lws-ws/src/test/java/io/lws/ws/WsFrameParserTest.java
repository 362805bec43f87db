package io.lws.ws;

import static io.lws.ws.Frames.hex;
import static io.lws.ws.Frames.join;
import static io.lws.ws.Frames.masked;
import static io.lws.ws.Frames.plain;
import static io.lws.ws.Frames.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.lws.testing.SplitFeeder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WsFrameParserTest {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;

    static Stream<Arguments> legalFromClient() {
        return Stream.of(
                arguments("masked text of RFC 6455 5.7", hex("81 85 37fa213d 7f9f4d5158"), List.of("TEXT Hello")),
                arguments("masked pong of RFC 6455 5.7", hex("8a 85 37fa213d 7f9f4d5158"), List.of("PONG Hello")),
                arguments("empty text", masked(TEXT, ""), List.of("TEXT ")),
                arguments("empty binary", masked(BINARY, ""), List.of("BINARY ")),
                arguments("empty ping", masked(PING, ""), List.of("PING ")),
                arguments("ping of 125", masked(PING, "p".repeat(125)), List.of("PING " + "p".repeat(125))),
                arguments("binary ping", masked(PING, hex("00ff fefd")), List.of("PING 00fffefd")),
                arguments("text of 125", masked(TEXT, "*".repeat(125)), List.of("TEXT " + "*".repeat(125))),
                arguments("text of 126", masked(TEXT, "*".repeat(126)), List.of("TEXT " + "*".repeat(126))),
                arguments("text of 127", masked(TEXT, "*".repeat(127)), List.of("TEXT " + "*".repeat(127))),
                arguments("text of 128", masked(TEXT, "*".repeat(128)), List.of("TEXT " + "*".repeat(128))),
                arguments(
                        "16 frames at once",
                        join(Collections.nCopies(16, masked(BINARY, "12345678abcd"))
                                .toArray(byte[][]::new)),
                        Collections.nCopies(16, "BINARY 12345678abcd")),
                arguments("two fragments", join(masked(0x01, "Hel"), masked(0x80, "lo")), List.of("TEXT Hello")),
                arguments(
                        "control between fragments",
                        join(
                                masked(0x01, "a"),
                                masked(PING, "x"),
                                masked(0, "b"),
                                masked(PONG, "y"),
                                masked(0x80, "c")),
                        List.of("PING x", "PONG y", "TEXT abc")),
                arguments(
                        "empty fragments all through",
                        join(masked(0x02, ""), masked(0, ""), masked(0, "b"), masked(0, ""), masked(0x80, "")),
                        List.of("BINARY b")),
                arguments(
                        "all fragments empty",
                        join(masked(0x01, ""), masked(0, ""), masked(0x80, "")),
                        List.of("TEXT ")),
                arguments(
                        "messages after fragments",
                        join(
                                masked(0x02, "a"),
                                masked(0x80, "b"),
                                masked(TEXT, "c"),
                                masked(0x01, "d"),
                                masked(0x80, "")),
                        List.of("BINARY ab", "TEXT c", "TEXT d")),
                arguments(
                        "character across fragments with a ping inside",
                        join(masked(0x01, hex("ceba e1")), masked(PING, "!"), masked(0x80, hex("bdb9"))),
                        List.of("PING !", "TEXT κ\u1f79")),
                arguments("not UTF-8, but binary", masked(BINARY, hex("c080 f5ff")), List.of("BINARY c080f5ff")),
                arguments("close without code", masked(0x88, ""), List.of("CLOSE 1005 ")),
                arguments("close with code", masked(0x88, hex("03e8")), List.of("CLOSE 1000 ")),
                arguments(
                        "close with reason",
                        masked(0x88, join(hex("03e9"), utf8("bye ü"))),
                        List.of("CLOSE 1001 bye ü")),
                arguments(
                        "close with 123 bytes of reason",
                        masked(0x88, join(hex("0bb8"), utf8("r".repeat(123)))),
                        List.of("CLOSE 3000 " + "r".repeat(123))),
                arguments(
                        "close inside a message",
                        join(masked(0x01, "a"), masked(0x88, hex("03e8"))),
                        List.of("CLOSE 1000 ")),
                arguments(
                        "nothing is read after a close",
                        join(masked(0x88, hex("03e8")), hex("ffff ffff"), masked(TEXT, "x"), masked(PING, "")),
                        List.of("CLOSE 1000 ")));
    }

    static Stream<Arguments> illegalFromClient() {
        byte[] open = masked(0x01, "a");
        return Stream.of(
                arguments("not masked", hex("81 05 48656c6c6f"), List.of("FAIL 1002")),
                arguments("ping not masked", hex("89 00"), List.of("FAIL 1002")),
                arguments(
                        "not masked after a good one",
                        join(masked(TEXT, "x"), hex("8100")),
                        List.of("TEXT x", "FAIL 1002")),
                arguments("RSV1", masked(0xc1, "x"), List.of("FAIL 1002")),
                arguments("RSV2", masked(0xa1, "x"), List.of("FAIL 1002")),
                arguments("RSV3", masked(0x91, "x"), List.of("FAIL 1002")),
                arguments("all RSV on binary", masked(0xf2, ""), List.of("FAIL 1002")),
                arguments("RSV1 on ping", masked(0xc9, ""), List.of("FAIL 1002")),
                arguments("RSV3 on close", masked(0x98, ""), List.of("FAIL 1002")),
                arguments("RSV1 on a continuation", join(open, masked(0xc0, "x")), List.of("FAIL 1002")),
                arguments("ping of 126", masked(PING, "p".repeat(126)), List.of("FAIL 1002")),
                arguments("close of 126", masked(0x88, "p".repeat(126)), List.of("FAIL 1002")),
                arguments("ping claims 64 bits", hex("89 ff 0000000000000001"), List.of("FAIL 1002")),
                arguments("ping fragmented", masked(0x09, "x"), List.of("FAIL 1002")),
                arguments("pong fragmented", masked(0x0a, ""), List.of("FAIL 1002")),
                arguments("close fragmented", masked(0x08, ""), List.of("FAIL 1002")),
                arguments("nothing to continue", masked(0x80, "x"), List.of("FAIL 1002")),
                arguments("nothing to continue, not final", masked(0x00, "x"), List.of("FAIL 1002")),
                arguments(
                        "nothing to continue any more",
                        join(open, masked(0x80, "b"), masked(0x80, "c")),
                        List.of("TEXT ab", "FAIL 1002")),
                arguments("text within text", join(open, masked(TEXT, "b")), List.of("FAIL 1002")),
                arguments(
                        "binary within text, ping before",
                        join(open, masked(PING, ""), masked(0x02, "b")),
                        List.of("PING ", "FAIL 1002")),
                arguments("16 bits of length where 7 do", hex("81 fe 007d 00000000"), List.of("FAIL 1002")),
                arguments("64 bits of length where 7 do", hex("82 ff 0000000000000001 00000000"), List.of("FAIL 1002")),
                arguments(
                        "64 bits of length where 16 do", hex("82 ff 000000000000ffff 00000000"), List.of("FAIL 1002")),
                arguments("length of 2^63", hex("82 ff 8000000000000000 00000000"), List.of("FAIL 1002")),
                arguments("length of 2^64-1", hex("82 ff ffffffffffffffff 00000000"), List.of("FAIL 1002")),
                arguments("length of 2^63-1", hex("82 ff 7fffffffffffffff 00000000"), List.of("FAIL 1009")),
                arguments("length of 2^40", hex("82 ff 0000010000000000 00000000"), List.of("FAIL 1009")),
                arguments("close of one byte", masked(0x88, "x"), List.of("FAIL 1002")),
                arguments("close reason not UTF-8", masked(0x88, hex("03e8 cebae1")), List.of("FAIL 1007")),
                arguments("close reason cut", masked(0x88, hex("03e8 c3")), List.of("FAIL 1007")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"legalFromClient", "illegalFromClient"})
    void readsFromClient(String row, byte[] wire, List<String> expected) {
        SplitFeeder.assertEvents(Frames::server, wire, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("legalFromClient")
    void keepsNothingBetweenMessages(String row, byte[] wire, List<String> expected) {
        if (expected.get(expected.size() - 1).startsWith("CLOSE")) {
            return;
        }
        SplitFeeder.assertEventsTwice(Frames::server, wire, expected);
    }

    @Test
    void hasAsManyIllegalRowsAsLegal() {
        assertEquals(true, illegalFromClient().count() >= legalFromClient().count());
    }

    static Stream<Arguments> fromServer() {
        return Stream.of(
                arguments("text of RFC 6455 5.7", hex("81 05 48656c6c6f"), List.of("TEXT Hello")),
                arguments("fragments of RFC 6455 5.7", hex("01 03 48656c 80 02 6c6f"), List.of("TEXT Hello")),
                arguments("ping of RFC 6455 5.7", hex("89 05 48656c6c6f"), List.of("PING Hello")),
                arguments("text cut in a character", plain(0x81, hex("ceba e1 bdb9")), List.of("TEXT κ\u1f79")),
                arguments("close", plain(0x88, hex("03f3")), List.of("CLOSE 1011 ")),
                arguments("masked text", masked(0x81, "Hello"), List.of("FAIL 1002")),
                arguments("masked ping", masked(0x89, ""), List.of("FAIL 1002")),
                arguments("text not UTF-8", plain(0x81, hex("61 ff")), List.of("FAIL 1007")),
                arguments("reserved opcode", hex("83 00"), List.of("FAIL 1002")),
                arguments("length of 2^63", hex("82 7f 8000000000000000"), List.of("FAIL 1002")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fromServer")
    void readsFromServer(String row, byte[] wire, List<String> expected) {
        SplitFeeder.assertEvents(Frames::client, wire, expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void rejectsReservedOpcode(int opcode) {
        byte[] wire = join(masked(TEXT, "x"), masked(0x80 | opcode, "y"), masked(PING, ""));
        SplitFeeder.assertEvents(Frames::server, wire, List.of("TEXT x", "FAIL 1002"));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void takesCloseCode(int code) {
        byte[] wire = masked(0x88, new byte[] {(byte) (code >> 8), (byte) code});
        SplitFeeder.assertEvents(Frames::server, wire, List.of("CLOSE " + code + " "));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 32768, 65535})
    void rejectsCloseCode(int code) {
        byte[] wire = masked(0x88, new byte[] {(byte) (code >> 8), (byte) code});
        SplitFeeder.assertEvents(Frames::server, wire, List.of("FAIL 1002"));
    }

    @ParameterizedTest
    @ValueSource(ints = {65535, 65536, 65537, 1 << 20})
    void readsLongMessageInPiecesOfAnySize(int lengthBytes) {
        byte[] payload = new byte[lengthBytes];
        IntStream.range(0, lengthBytes).forEach(i -> payload[i] = (byte) (i * 31 >> 3));
        byte[] wire = join(masked(BINARY, payload), masked(TEXT, "end"));
        for (int step : new int[] {13, 997, 4096, 65536, wire.length}) {
            List<String> events = new ArrayList<>();
            feedInSteps(Frames.server(), wire, step, events);
            assertEquals(List.of("BINARY " + Frames.Recorder.show(payload), "TEXT end"), events, "step " + step);
        }
    }

    private static void feedInSteps(SplitFeeder.Subject subject, byte[] wire, int step, List<String> events) {
        ByteBuffer in = ByteBuffer.wrap(wire.clone()).order(ByteOrder.LITTLE_ENDIAN);
        for (int end = 0; end < wire.length; ) {
            end = Math.min(wire.length, end + step);
            subject.feed(in.limit(end), events);
        }
    }

    @Test
    void holdsMessagesToTheirLimit() {
        WsLimits limits =
                WsLimits.builder().maxMessageBytes(10).maxFrameBytes(7).build();
        assertLimited(limits, join(masked(0x01, "1234567"), masked(0x80, "890")), "TEXT 1234567890");
        assertLimited(limits, join(masked(0x01, "1234567"), masked(0, ""), masked(0x80, "8901")), "FAIL 1009");
        assertLimited(limits, masked(TEXT, "12345678"), "FAIL 1009");
        assertLimited(limits, hex("82 88 00000000"), "FAIL 1009");
        assertLimited(limits, join(masked(TEXT, "1234567"), masked(TEXT, "1234567")), "TEXT 1234567", "TEXT 1234567");
    }

    private static void assertLimited(WsLimits limits, byte[] wire, String... expected) {
        SplitFeeder.assertEvents(() -> new Frames.Recorder(WsSide.SERVER, limits, 0), wire, List.of(expected));
    }

    @Test
    void leavesNegotiatedRsv1ToItsExtension() {
        byte[] wire = join(masked(0x41, hex("ff")), masked(0x80, hex("fe")), masked(TEXT, "plain"));
        assertExtended(wire, List.of("TEXT RSV fffe", "TEXT plain"));
        assertExtended(masked(0xe1, "x"), List.of("FAIL 1002"));
        assertExtended(masked(0xc9, ""), List.of("FAIL 1002"));
        assertExtended(join(masked(0x41, "x"), masked(0xc0, "y")), List.of("FAIL 1002"));
        assertExtended(masked(TEXT, hex("ff")), List.of("FAIL 1007"));
    }

    private static void assertExtended(byte[] wire, List<String> expected) {
        SplitFeeder.assertEvents(
                () -> new Frames.Recorder(WsSide.SERVER, WsLimits.defaults(), WsWire.RSV1), wire, expected);
    }

    @Test
    void stopsAfterEachEventWithTheRestUnread() {
        byte[] first = masked(TEXT, "one");
        byte[] second = masked(PING, "two");
        ByteBuffer in = ByteBuffer.wrap(join(first, second));
        WsFrameParser parser = new WsFrameParser(WsSide.SERVER, WsLimits.defaults(), 0);
        assertEquals(WsFrameParser.DATA, parser.next(in));
        assertEquals(first.length, in.position());
        assertEquals(first.length - 3, parser.payloadIndex());
        assertEquals(WsPiece.WHOLE | WsPiece.FRAME_END | WsWire.TEXT, parser.piece());
        assertEquals(WsFrameParser.PING, parser.next(in));
        assertEquals(3, parser.payloadBytes());
        assertEquals(WsFrameParser.NEED_MORE, parser.next(in));
        assertEquals(0, in.remaining());
    }

    @Test
    void handsOnPiecesAsTheyArrive() {
        ByteBuffer in = ByteBuffer.wrap(masked(BINARY, "abcdef"));
        WsFrameParser parser = new WsFrameParser(WsSide.SERVER, WsLimits.defaults(), 0);
        assertEquals(WsFrameParser.NEED_MORE, parser.next(in.limit(6)));
        assertEquals(6, in.position());
        assertEquals(WsFrameParser.DATA, parser.next(in.limit(8)));
        assertEquals(WsPiece.FIRST | WsWire.BINARY, parser.piece());
        assertEquals(WsFrameParser.DATA, parser.next(in.limit(9)));
        assertEquals(WsWire.BINARY, parser.piece());
        assertEquals(WsFrameParser.DATA, parser.next(in.limit(12)));
        assertEquals(WsPiece.FINAL | WsPiece.FRAME_END | WsWire.BINARY, parser.piece());
        assertEquals("def", new String(in.array(), parser.payloadIndex(), 3, StandardCharsets.UTF_8));
    }
}
