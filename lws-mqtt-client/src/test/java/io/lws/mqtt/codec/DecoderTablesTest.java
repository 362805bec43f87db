package io.lws.mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.mqtt.packet.MqttVersion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every reason code and every property in every packet, and whether the tables are as rich in wrong packets as in right ones. */
class DecoderTablesTest {
    /** The packets of a broker that have properties, with as much in front of these as they need. */
    private enum Frame {
        CONNACK("20", "0000", ""),
        PUBLISH("30", "000161", ""),
        PUBACK("40", "000700", ""),
        PUBREC("50", "000700", ""),
        PUBREL("62", "000700", ""),
        PUBCOMP("70", "000700", ""),
        SUBACK("90", "0007", "00"),
        UNSUBACK("b0", "0007", "00"),
        DISCONNECT("e0", "00", ""),
        AUTH("f0", "18", "");

        private final String firstByte;
        private final String front;
        private final String end;

        Frame(String firstByte, String front, String end) {
            this.firstByte = firstByte;
            this.front = front;
            this.end = end;
        }

        private String packet(String properties) {
            String body = front + length(properties) + properties + end;
            return firstByte + length(body) + body;
        }

        private static String length(String hex) {
            return String.format("%02x", hex.length() / 2);
        }
    }

    private static List<String> read(String hex) {
        List<String> events = new ArrayList<>();
        new RecordedPackets(MqttVersion.V5, 300)
                .feed(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), events);
        return events;
    }

    private static boolean isError(List<String> events) {
        return events.get(0).startsWith("error");
    }

    /** Table 2-6 of the standard: which code stands in which packet of a broker. XX is its place. */
    @ParameterizedTest
    @CsvSource({
        "CONNACK, 200300XX00, 00 80 81 82 83 84 85 86 87 88 89 8a 8c 90 95 97 99 9a 9b 9c 9d 9f",
        "PUBACK, 40030007XX, 00 10 80 83 87 90 91 97 99",
        "PUBREC, 50030007XX, 00 10 80 83 87 90 91 97 99",
        "PUBREL, 62030007XX, 00 92",
        "PUBCOMP, 70030007XX, 00 92",
        "SUBACK, 9004000700XX, 00 01 02 80 83 87 8f 91 97 9e a1 a2",
        "UNSUBACK, b004000700XX, 00 11 80 83 87 8f 91",
        "DISCONNECT, e001XX, 00 80 81 82 83 87 89 8b 8d 8e 8f 90 93 94 95 96 97 98 99 9a 9b 9c 9d 9e 9f a0 a1 a2",
        "AUTH, f001XX, 00 18"
    })
    void takesTheReasonCodesOfThePacketAndNoOther(String packet, String hex, String legal) {
        Set<String> codes = Set.of(legal.split(" "));
        for (int code = 0; code < 256; code++) {
            String wire = hex.replace("XX", String.format("%02x", code));
            boolean expected = codes.contains(String.format("%02x", code));
            List<String> events = read(wire);
            assertEquals(expected, !isError(events), () -> packet + " " + wire + ": " + events);
            assertTrue(expected || events.equals(List.of("error 0x82")), () -> wire + ": " + events);
        }
    }

    /** Table 2-4 of the standard: each property with a value, and the packets of a broker that may have it. */
    @ParameterizedTest
    @CsvSource({
        "0101, PUBLISH",
        "0200000001, PUBLISH",
        "03000161, PUBLISH",
        "08000161, PUBLISH",
        "09000161, PUBLISH",
        "0b01, PUBLISH",
        "1100000001, CONNACK DISCONNECT",
        "12000161, CONNACK",
        "130001, CONNACK",
        "15000161, CONNACK AUTH",
        "16000161, CONNACK AUTH",
        "1701, ''",
        "1800000001, ''",
        "1901, ''",
        "1a000161, CONNACK",
        "1c000161, CONNACK DISCONNECT",
        "1f000161, CONNACK PUBACK PUBREC PUBREL PUBCOMP SUBACK UNSUBACK DISCONNECT AUTH",
        "210001, CONNACK",
        "220001, CONNACK",
        "230001, PUBLISH",
        "2401, CONNACK",
        "2501, CONNACK",
        "26000161000162, CONNACK PUBLISH PUBACK PUBREC PUBREL PUBCOMP SUBACK UNSUBACK DISCONNECT AUTH",
        "2700000001, CONNACK",
        "2801, CONNACK",
        "2901, CONNACK",
        "2a01, CONNACK",
        "0001, ''",
        "0401, ''",
        "2b01, ''",
        "7f01, ''",
        "ff7f01, ''"
    })
    void takesEachPropertyWhereItMayStandAndNowhereElse(String property, String packets) {
        Set<String> legal = Set.of(packets.split(" "));
        for (Frame frame : Frame.values()) {
            String wire = frame.packet(property);
            List<String> events = read(wire);
            // a client alone may say this when it leaves (3.14.2.2.2)
            boolean fromClients = frame == Frame.DISCONNECT && property.startsWith("11");
            if (fromClients) {
                assertEquals(List.of("error 0x82"), events, wire);
            } else if (legal.contains(frame.name())) {
                assertTrue(!isError(events), () -> frame + " " + wire + ": " + events);
            } else {
                assertEquals(List.of("error 0x81"), events, () -> frame + " " + wire);
            }
        }
    }

    /** A value that ends before it is complete, in every packet that may have it. */
    @ParameterizedTest
    @CsvSource({
        "01",
        "020000",
        "030002",
        "08",
        "090002",
        "0b80",
        "110000",
        "120005",
        "1300",
        "1500",
        "160001",
        "1a",
        "1c0001",
        "1f0002",
        "2100",
        "2200",
        "2300",
        "24",
        "25",
        "26000161",
        "270000",
        "28",
        "29",
        "2a"
    })
    void refusesAValueThatIsCutShort(String property) {
        for (Frame frame : Frame.values()) {
            String wire = frame.packet(property);
            assertEquals(List.of("error 0x81"), read(wire), () -> frame + " " + wire);
        }
    }

    /** The same property again is a violation of its own, but for those that may repeat. */
    @ParameterizedTest
    @CsvSource({
        "0101, PUBLISH, false",
        "0200000001, PUBLISH, false",
        "03000161, PUBLISH, false",
        "08000161, PUBLISH, false",
        "09000161, PUBLISH, false",
        "0b01, PUBLISH, true",
        "230001, PUBLISH, false",
        "1100000001, CONNACK, false",
        "12000161, CONNACK, false",
        "130001, CONNACK, false",
        "15000161, CONNACK, false",
        "15000161, AUTH, false",
        "16000161, AUTH, false",
        "1a000161, CONNACK, false",
        "1c000161, DISCONNECT, false",
        "1f000161, PUBACK, false",
        "210001, CONNACK, false",
        "220001, CONNACK, false",
        "2401, CONNACK, false",
        "2501, CONNACK, false",
        "26000161000162, CONNACK, true",
        "26000161000162, SUBACK, true",
        "26000161000162, AUTH, true",
        "2700000001, CONNACK, false",
        "2801, CONNACK, false",
        "2901, CONNACK, false",
        "2a01, CONNACK, false"
    })
    void takesNoPropertyTwiceButThoseThatRepeat(String property, Frame frame, boolean repeats) {
        List<String> events = read(frame.packet(property + property));
        assertEquals(repeats, !isError(events), events::toString);
        assertTrue(repeats || events.equals(List.of("error 0x82")), events::toString);
    }

    @Test
    void knowsAsManyWrongPacketsAsRightOnesOfEachType() {
        assertAsRich(MqttVersion.V3_1_1, DecoderRows.LEGAL_3, DecoderRows.ILLEGAL_3);
        assertAsRich(MqttVersion.V5, DecoderRows.LEGAL_5, DecoderRows.ILLEGAL_5);
    }

    private static void assertAsRich(MqttVersion version, String legal, String illegal) {
        Map<Integer, Integer> right = count(legal);
        Map<Integer, Integer> wrong = count(illegal);
        for (Map.Entry<Integer, Integer> each : right.entrySet()) {
            int type = each.getKey();
            assertTrue(
                    wrong.getOrDefault(type, 0) >= each.getValue(),
                    () -> version + ", packet type " + type + ": " + each.getValue() + " right, " + wrong.get(type));
        }
        int types = version.isV5() ? 11 : 9;
        assertEquals(types, right.size(), "every packet of a broker has rows");
    }

    private static Map<Integer, Integer> count(String rows) {
        Map<Integer, Integer> perType = new TreeMap<>();
        rows.lines().forEach(row -> perType.merge(Integer.parseInt(row.substring(0, 1), 16), 1, Integer::sum));
        return perType;
    }
}
