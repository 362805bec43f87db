package io.lws.ws;

import static io.lws.ws.Frames.hex;
import static io.lws.ws.Frames.join;
import static io.lws.ws.Frames.masked;
import static io.lws.ws.Frames.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.lws.ProtocolException;
import io.lws.testing.SplitFeeder;
import io.lws.ws.deflate.ContextTakeover;
import io.lws.ws.deflate.DeflateTerms;
import io.lws.ws.deflate.InflaterPool;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WsInflationTest {
    private static final int TEXT = 0xc1;
    private static final int BINARY = 0xc2;
    private static final int LIMIT = 1000;
    private static final byte[] HELLO = hex("f248cdc9c90700");

    static Stream<Arguments> legal() {
        return Stream.of(
                arguments("text", masked(TEXT, HELLO), List.of("TEXT Hello")),
                arguments("empty text", masked(TEXT, hex("00")), List.of("TEXT ")),
                arguments("empty binary", masked(BINARY, hex("00")), List.of("BINARY ")),
                arguments(
                        "a second one that refers to the first",
                        join(masked(TEXT, HELLO), masked(TEXT, hex("f200110000"))),
                        List.of("TEXT Hello", "TEXT Hello")),
                arguments(
                        "plain ones between, which are no context",
                        join(masked(TEXT, HELLO), masked(0x81, "plain"), masked(TEXT, hex("f200110000"))),
                        List.of("TEXT Hello", "TEXT plain", "TEXT Hello")),
                arguments(
                        "RFC 7692 7.2.3.1, two fragments",
                        join(masked(0x41, hex("f248cd")), masked(0x80, hex("c9c90700"))),
                        List.of("TEXT Hello")),
                arguments(
                        "fragments with a ping between, some empty",
                        join(
                                masked(0x41, hex("")),
                                masked(0, hex("f248cd")),
                                masked(0x89, "!"),
                                masked(0, hex("")),
                                masked(0, hex("c9c90700")),
                                masked(0x80, hex(""))),
                        List.of("PING !", "TEXT Hello")),
                arguments("a character cut by fragments", cut(deflated(utf8("κόσμε")), 5), List.of("TEXT κόσμε")),
                arguments(
                        "as long as allowed",
                        masked(TEXT, deflated(zeros(LIMIT))),
                        List.of("TEXT 1000#" + hash(LIMIT))),
                arguments("not UTF-8, but binary", masked(BINARY, deflated(hex("ff"))), List.of("BINARY ff")));
    }

    static Stream<Arguments> illegal() {
        return Stream.of(
                arguments("not deflate", masked(TEXT, hex("07")), 1007),
                arguments("ends inside a block", masked(TEXT, hex("f248cdc9")), 1007),
                arguments("refers to nothing", masked(TEXT, hex("f200110000")), 1007),
                arguments("no payload, not even an empty block", masked(TEXT, ""), 1007),
                arguments("not UTF-8", masked(TEXT, deflated(hex("ff"))), 1007),
                arguments("surrogate", masked(TEXT, deflated(hex("eda080"))), 1007),
                arguments("ends inside a character", masked(TEXT, deflated(hex("e282"))), 1007),
                arguments("one byte beyond the limit", masked(TEXT, deflated(zeros(LIMIT + 1))), 1009),
                arguments("a bomb", masked(BINARY, deflated(zeros(900_000))), 1009),
                arguments("a bomb in fragments", cut(deflated(zeros(900_000)), 500), 1009),
                arguments("RSV1 on a continuation", join(masked(0x41, hex("f248cd")), masked(0xc0, hex("00"))), 1002),
                arguments("RSV2", masked(0xa1, HELLO), 1002),
                arguments("RSV1 and RSV3", masked(0xd1, HELLO), 1002),
                arguments("RSV1 on a ping", masked(0xc9, ""), 1002));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("legal")
    void inflatesMessages(String name, byte[] wire, List<String> events) {
        SplitFeeder.assertEvents(Subject::new, wire, events);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("illegal")
    void failsWithTheCode(String name, byte[] wire, int code) {
        SplitFeeder.assertEvents(FailureOnly::new, wire, List.of("FAIL " + code));
    }

    /** What the parser and the inflation make of a wire image together. */
    private static class Subject implements SplitFeeder.Subject {
        private final WsFrameParser parser = new WsFrameParser(WsSide.SERVER, WsLimits.defaults(), WsWire.RSV1);
        private final InflaterPool pool = new InflaterPool();
        private final WsDecoding inflation = new WsDecoding(
                new DeflateIncoming(new DeflateTerms(ContextTakeover.KEPT, 15), pool), WsWire.RSV1, LIMIT);
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private boolean open;
        private boolean failed;

        @Override
        public void feed(ByteBuffer in, List<String> events) {
            try {
                for (int event = parser.next(in);
                        event != WsFrameParser.NEED_MORE && !failed;
                        event = parser.next(in)) {
                    int from = parser.payloadIndex();
                    int to = from + parser.payloadBytes();
                    if (event != WsFrameParser.DATA) {
                        events.add("PING " + Frames.Recorder.show(copy(in, from, to)));
                    } else if ((parser.piece() & WsWire.RSV1) == 0) {
                        piece(copy(in, from, to), parser.piece(), events);
                    } else {
                        inflation.take(in, from, to, parser.piece());
                        inflate(events);
                    }
                }
            } catch (ProtocolException violation) {
                failed = true;
                inflation.end();
                assertEquals(0, pool.lent());
                events.add("FAIL " + violation.code());
            }
        }

        private void inflate(List<String> events) {
            ByteBuffer out = ByteBuffer.allocate(64);
            while (inflation.isBusy()) {
                if (inflation.next(out)) {
                    piece(copy(out, 0, out.position()), inflation.piece(), events);
                }
            }
        }

        void piece(byte[] payload, int piece, List<String> events) {
            if ((piece & WsPiece.FIRST) != 0 == open) {
                events.add("FIRST at the wrong piece");
            }
            message.writeBytes(payload);
            open = (piece & WsPiece.FINAL) == 0;
            if (!open) {
                String kind = (piece & WsPiece.OPCODE) == WsWire.TEXT ? "TEXT " : "BINARY ";
                events.add(kind + Frames.Recorder.show(message.toByteArray()));
                message.reset();
            }
        }

        private static byte[] copy(ByteBuffer in, int from, int to) {
            byte[] bytes = new byte[to - from];
            in.get(from, bytes);
            return bytes;
        }
    }

    private static final class FailureOnly extends Subject {
        @Override
        void piece(byte[] payload, int piece, List<String> events) {}
    }

    private static byte[] cut(byte[] compressed, int at) {
        byte[] head = new byte[at];
        byte[] tail = new byte[compressed.length - at];
        System.arraycopy(compressed, 0, head, 0, at);
        System.arraycopy(compressed, at, tail, 0, tail.length);
        return join(masked(0x41, head), masked(0x80, tail));
    }

    private static byte[] zeros(int length) {
        return new byte[length];
    }

    private static int hash(int zeros) {
        return java.util.Arrays.hashCode(new byte[zeros]);
    }

    /** As another implementation would: flushed, without the last four bytes. */
    static byte[] deflated(byte[] message) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(message);
        byte[] out = new byte[message.length + 64];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        byte[] wire = new byte[length - 4];
        System.arraycopy(out, 0, wire, 0, wire.length);
        return wire;
    }
}
