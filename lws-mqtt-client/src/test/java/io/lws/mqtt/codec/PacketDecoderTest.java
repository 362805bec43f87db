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
    @CsvSource(delimiter = '|', textBlock = DecoderRows.LEGAL_3)
    void readsPacketsOfVersion3(String hex, String expected) {
        assertReads(MqttVersion.V3_1_1, hex, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = DecoderRows.LEGAL_5)
    void readsPacketsOfVersion5(String hex, String expected) {
        assertReads(MqttVersion.V5, hex, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = DecoderRows.ILLEGAL_3)
    void refusesBrokenPacketsOfVersion3(String hex, String expected) {
        assertReads(MqttVersion.V3_1_1, hex, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = DecoderRows.ILLEGAL_5)
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
