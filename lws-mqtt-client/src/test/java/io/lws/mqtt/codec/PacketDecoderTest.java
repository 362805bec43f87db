package io.lws.mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.ProtocolException;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.testing.SplitFeeder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every packet a broker may send, and about as many that it may not, cut everywhere. */
class PacketDecoderTest {
    private static final int MAX_BYTES = 300;

    private static void assertReads(MqttVersion version, String hex, String expected) {
        byte[] wire = HexFormat.of().parseHex(hex.replace(" ", ""));
        List<String> events = List.of(expected.split(" ; "));
        if (expected.startsWith("error")) {
            SplitFeeder.assertEvents(() -> new RecordedPackets(version, MAX_BYTES), wire, events);
        } else {
            SplitFeeder.assertEventsTwice(() -> new RecordedPackets(version, MAX_BYTES), wire, events);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            20 02 00 00                      | connack new 0x00
            20 02 01 00                      | connack present 0x00
            20 02 00 01                      | connack new 0x84
            20 02 00 05                      | connack new 0x87
            30 03 00 01 61                   | publish a AT_MOST_ONCE 0 of 0 ; payload end
            31 05 00 01 61 78 79             | publish retain a AT_MOST_ONCE 0 of 2 ; payload xy end
            3a 06 00 01 61 00 07 78          | publish dup a AT_LEAST_ONCE 7 of 1 ; payload x end
            34 06 00 01 61 ff ff 78          | publish a EXACTLY_ONCE 65535 of 1 ; payload x end
            30 06 00 04 c3 bc 2f 61          | publish ü/a AT_MOST_ONCE 0 of 0 ; payload end
            40 02 00 07                      | PUBACK 7 0x00
            50 02 00 07                      | PUBREC 7 0x00
            62 02 00 07                      | PUBREL 7 0x00
            70 02 00 07                      | PUBCOMP 7 0x00
            90 04 00 01 02 80                | suback 1 [2, 128]
            b0 02 00 01                      | unsuback 1 []
            d0 00                            | pingresp
            d0 00 40 02 00 01                | pingresp ; PUBACK 1 0x00
            """)
    void readsPacketsOfVersion3(String hex, String expected) {
        assertReads(MqttVersion.V3_1_1, hex, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            20 03 00 00 00                   | connack new 0x00
            20 06 00 00 03 21 00 0a          | connack new 0x00 RECEIVE_MAXIMUM=10
            20 03 00 87 00                   | connack new 0x87
            20 08 00 9c 05 1c 00 02 68 3a    | connack new 0x9c SERVER_REFERENCE=h:
            30 04 00 01 61 00                | publish a AT_MOST_ONCE 0 of 0 ; payload end
            30 07 00 00 03 23 00 01 78       | publish  AT_MOST_ONCE 0 of 1 TOPIC_ALIAS=1 ; payload x end
            32 0a 00 01 61 00 07 02 01 01 78 79 | publish a AT_LEAST_ONCE 7 of 2 PAYLOAD_FORMAT_INDICATOR=1 ; payload xy end
            30 09 00 01 61 04 0b 01 0b 02 78 | publish a AT_MOST_ONCE 0 of 1 SUBSCRIPTION_IDENTIFIER=1 SUBSCRIPTION_IDENTIFIER=2 ; payload x end
            40 02 00 07                      | PUBACK 7 0x00
            40 03 00 07 10                   | PUBACK 7 0x10
            50 04 00 07 97 00                | PUBREC 7 0x97
            62 03 00 07 92                   | PUBREL 7 0x92
            70 0b 00 07 00 07 26 00 01 61 00 01 62 | PUBCOMP 7 0x00 USER_PROPERTY=a:b
            90 05 00 01 00 01 a2             | suback 1 [1, 162]
            b0 05 00 01 00 00 11             | unsuback 1 [0, 17]
            e0 00                            | disconnect 0x00
            e0 01 8e                         | disconnect 0x8e
            e0 02 8d 00                      | disconnect 0x8d
            f0 00                            | auth 0x00
            f0 06 18 04 15 00 01 73          | auth 0x18 AUTHENTICATION_METHOD=s
            d0 00                            | pingresp
            """)
    void readsPacketsOfVersion5(String hex, String expected) {
        assertReads(MqttVersion.V5, hex, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            00                               | error 0x81
            10                               | error 0x82
            82                               | error 0x82
            a2                               | error 0x82
            c0                               | error 0x82
            e0                               | error 0x82
            f0                               | error 0x82
            21                               | error 0x81
            60                               | error 0x81
            36                               | error 0x81
            38                               | error 0x81
            d0 01 00                         | error 0x81
            d0 80 00                         | error 0x81
            30 80 80 80 80                   | error 0x81
            30 ff ff ff 7f                   | error 0x95
            20 02 02 00                      | error 0x81
            20 02 00 06                      | error 0x82
            20 02 01 05                      | error 0x82
            20 01 00                         | error 0x81
            20 03 00 00 00                   | error 0x81
            30 01 00                         | error 0x81
            30 03 00 02 61                   | error 0x81
            32 04 00 01 61 00                | error 0x81
            32 05 00 01 61 00 00             | error 0x82
            30 02 00 00                      | error 0x82
            30 03 00 01 2b                   | error 0x90
            30 05 00 03 61 2f 23             | error 0x90
            30 03 00 01 00                   | error 0x81
            30 04 00 02 c0 80                | error 0x81
            30 05 00 03 ed a0 80             | error 0x81
            40 02 00 00                      | error 0x82
            40 03 00 07 00                   | error 0x81
            90 03 00 01 03                   | error 0x82
            90 02 00 01                      | error 0x81
            b0 03 00 01 00                   | error 0x81
            """)
    void refusesBrokenPacketsOfVersion3(String hex, String expected) {
        assertReads(MqttVersion.V3_1_1, hex, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            20 02 00 00                      | error 0x81
            20 03 00 07 00                   | error 0x82
            20 04 00 00 01 21                | error 0x81
            20 06 00 00 03 21 00 00          | error 0x82
            20 09 00 00 06 21 00 01 21 00 01 | error 0x82
            20 05 00 00 02 24 02             | error 0x82
            20 05 00 00 02 01 01             | error 0x81
            20 05 00 00 02 7f 01             | error 0x81
            20 04 00 00 7f 00                | error 0x81
            30 04 00 01 61 05                | error 0x81
            30 04 00 00 00 78                | error 0x82
            30 03 00 01 61                   | error 0x81
            30 08 00 01 61 80 80 80 80 01    | error 0x81
            30 08 00 01 61 80 80 80 00 01    | error 0x81
            30 06 00 01 61 02 0b 00          | error 0x82
            30 08 00 01 61 04 08 00 01 23    | error 0x82
            40 03 00 07 92                   | error 0x82
            62 03 00 07 10                   | error 0x82
            40 05 00 07 00 00 00             | error 0x81
            90 04 00 01 00 03                | error 0x82
            90 03 00 01 00                   | error 0x81
            b0 02 00 01                      | error 0x81
            b0 04 00 01 00 8e                | error 0x82
            e0 01 04                         | error 0x82
            e0 07 00 05 11 00 00 00 01       | error 0x82
            f0 01 19                         | error 0x82
            """)
    void refusesBrokenPacketsOfVersion5(String hex, String expected) {
        assertReads(MqttVersion.V5, hex, expected);
    }

    @Test
    void refusesByTheDeclaredLengthAlone() {
        assertReads(MqttVersion.V5, "30 aa 02", "error 0x95");
        RecordedPackets longest = new RecordedPackets(MqttVersion.V5, MAX_BYTES);
        List<String> events = new ArrayList<>();
        longest.feed(ByteBuffer.wrap(HexFormat.of().parseHex("30a902")), events);
        assertEquals(List.of(), events);
    }

    /** Whatever comes, it is packets or a violation with a code, never anything else. */
    @Test
    void survivesRandomBytes() {
        Random random = new Random(42);
        for (int round = 0; round < 15_000; round++) {
            byte[] wire = new byte[1 + random.nextInt(40)];
            random.nextBytes(wire);
            wire[0] =
                    (byte) (new int[] {0x20, 0x30, 0x32, 0x40, 0x50, 0x62, 0x90, 0xb0, 0xe0, 0xf0})[random.nextInt(10)];
            if (wire.length > 1) {
                wire[1] = (byte) random.nextInt(wire.length);
            }
            MqttVersion version = MqttVersion.values()[round & 1];
            List<String> whole = new ArrayList<>();
            new RecordedPackets(version, MAX_BYTES).feed(ByteBuffer.wrap(wire), whole);
            List<String> bytewise = new ArrayList<>();
            RecordedPackets other = new RecordedPackets(version, MAX_BYTES);
            for (byte each : wire) {
                other.feed(ByteBuffer.wrap(new byte[] {each}), bytewise);
            }
            assertEquals(whole, bytewise, HexFormat.of().formatHex(wire));
        }
    }

    @Test
    void refusesToGoOnAfterAViolation() {
        PacketDecoder decoder =
                new PacketDecoder(MqttVersion.V5, MAX_BYTES, new RecordedPackets(MqttVersion.V5, MAX_BYTES));
        assertThrows(ProtocolException.class, () -> decoder.decode(ByteBuffer.wrap(new byte[] {0})));
    }
}
