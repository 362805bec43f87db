package io.lws.http.h2;

import io.lws.ProtocolException;
import io.lws.testing.SplitFeeder;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H2FrameParserTest {
    /** Tells of frames as lines; what DATA brings in pieces is put together. */
    private static final class Subject implements SplitFeeder.Subject {
        private final H2FrameParser parser = new H2FrameParser();
        private final StringBuilder data = new StringBuilder();
        private boolean failed;

        @Override
        public void feed(ByteBuffer in, List<String> events) {
            while (!failed) {
                int type;
                try {
                    type = parser.next(in);
                } catch (ProtocolException e) {
                    failed = true;
                    events.add("error " + e.code());
                    return;
                }
                if (type == H2FrameParser.NEED_MORE) {
                    return;
                }
                tell(type, in, events);
            }
        }

        private void tell(int type, ByteBuffer in, List<String> events) {
            byte[] payload = new byte[parser.payloadBytes()];
            if (type == H2FrameParser.STREAM_ERROR) {
                events.add("stream error " + parser.errorCode() + " on " + parser.streamId());
                return;
            }
            if (type == H2FrameParser.UNKNOWN) {
                events.add("unknown on " + parser.streamId());
                return;
            }
            in.get(parser.payloadIndex(), payload);
            String hex = HexFormat.of().formatHex(payload);
            if (type == H2Frame.DATA) {
                data.append(hex);
                if (!parser.isLastPiece()) {
                    return;
                }
                hex = data + " of " + parser.lengthBytes();
                data.setLength(0);
            }
            String dependent = type == H2Frame.HEADERS && parser.isSelfDependent() ? " self" : "";
            events.add(type + " flags " + parser.flags() + " on " + parser.streamId() + " " + hex + dependent);
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "000003 00 00 00000001 616263 | 0 flags 0 on 1 616263 of 3",
                "000000 00 01 00000001 | 0 flags 1 on 1  of 0",
                "000006 00 08 00000001 02 616263 0000 | 0 flags 8 on 1 616263 of 6",
                "000001 00 08 00000001 00 | 0 flags 8 on 1  of 1",
                "000002 01 05 80000003 8284 | 1 flags 5 on 3 8284",
                "000008 01 2c 00000003 01 00000001 10 82 00 | 1 flags 44 on 3 82",
                "000006 01 24 00000003 80000003 10 82 | 1 flags 36 on 3 82 self",
                "000005 02 00 00000003 00000001 10 | 2 flags 0 on 3 0000000110",
                "000004 03 00 00000003 00000008 | 3 flags 0 on 3 00000008",
                "000000 04 00 00000000 | 4 flags 0 on 0 ''",
                "000006 04 00 00000000 0003 00000064 | 4 flags 0 on 0 000300000064",
                "000000 04 01 00000000 | 4 flags 1 on 0 ''",
                "000008 06 00 00000000 0102030405060708 | 6 flags 0 on 0 0102030405060708",
                "00000a 07 00 00000000 00000001 00000000 6f6b | 7 flags 0 on 0 00000001000000006f6b",
                "000004 08 00 00000000 00000001 | 8 flags 0 on 0 00000001",
                "000004 08 00 00000005 7fffffff | 8 flags 0 on 5 7fffffff",
                "000005 10 00 00000000 00000001 69 | 16 flags 0 on 0 0000000169",
                "000003 77 00 00000009 010203 | unknown on 9"
            })
    void reads(String wire, String event) {
        SplitFeeder.assertEventsTwice(Subject::new, hex(wire), List.of(event.replace("''", "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "004001 00 00 00000001 | error 6 | longer than allowed",
                "000000 00 00 00000000 | error 1 | DATA on no stream",
                "000002 00 08 00000001 02 61 | error 1 | padding longer than DATA",
                "000000 00 08 00000001 | error 6 | padded DATA without padding length",
                "000000 01 04 00000000 | error 1 | HEADERS on no stream",
                "000000 01 0c 00000001 | error 6 | padded HEADERS without padding length",
                "000002 01 0c 00000001 02 82 | error 1 | padding longer than HEADERS",
                "000004 01 24 00000001 00000003 | error 6 | HEADERS shorter than its priority",
                "000005 02 00 00000000 00000001 10 | error 1 | PRIORITY on no stream",
                "000004 03 00 00000000 00000008 | error 1 | RST_STREAM on no stream",
                "000003 03 00 00000001 000008 | error 6 | RST_STREAM of three bytes",
                "000000 04 00 00000001 | error 1 | SETTINGS on a stream",
                "000005 04 00 00000000 0003000000 | error 6 | SETTINGS of five bytes",
                "000006 04 01 00000000 000300000064 | error 6 | an acknowledgement with settings",
                "000004 05 04 00000001 00000002 | error 1 | PUSH_PROMISE",
                "000008 06 00 00000001 0102030405060708 | error 1 | PING on a stream",
                "000007 06 00 00000000 01020304050607 | error 6 | PING of seven bytes",
                "000008 07 00 00000001 0000000100000000 | error 1 | GOAWAY on a stream",
                "000007 07 00 00000000 00000001000000 | error 6 | GOAWAY of seven bytes",
                "000004 08 00 00000000 00000000 | error 1 | WINDOW_UPDATE by nothing",
                "000003 08 00 00000000 000001 | error 6 | WINDOW_UPDATE of three bytes",
                "000000 09 04 00000001 | error 1 | CONTINUATION of nothing",
                "000004 10 00 00000001 00000001 | error 1 | PRIORITY_UPDATE on a stream",
                "000003 10 00 00000000 000001 | error 6 | PRIORITY_UPDATE of three bytes"
            })
    void refuses(String wire, String error, String what) {
        SplitFeeder.assertEvents(Subject::new, hex(wire), List.of(error));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "000004 02 00 00000003 00000001 | stream error 6 on 3",
                "000005 02 00 00000003 00000003 10 | stream error 1 on 3",
                "000004 08 00 00000003 00000000 | stream error 1 on 3"
            })
    void tellsErrorsOfAStreamFromThoseOfTheConnection(String wire, String event) {
        SplitFeeder.assertEventsTwice(Subject::new, hex(wire), List.of(event));
    }

    @Test
    void readsABlockInSeveralFrames() {
        SplitFeeder.assertEventsTwice(
                Subject::new,
                hex("000001 01 00 00000001 82  000001 09 00 00000001 84  000000 09 04 00000001"),
                List.of("1 flags 0 on 1 82", "9 flags 0 on 1 84", "9 flags 4 on 1 "));
    }

    @ParameterizedTest
    @CsvSource({
        "000008 06 00 00000000 0102030405060708, another frame",
        "000000 09 04 00000003, another stream's",
        "000001 01 04 00000001 82, another block",
        "000000 77 00 00000001, a frame of unknown type"
    })
    void refusesWhatInterruptsABlock(String wire, String what) {
        SplitFeeder.assertEvents(
                Subject::new, hex("000001 01 00 00000001 82" + wire), List.of("1 flags 0 on 1 82", "error 1"));
    }
}
