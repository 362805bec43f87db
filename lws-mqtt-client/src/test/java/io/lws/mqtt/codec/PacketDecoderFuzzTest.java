package io.lws.mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.mqtt.packet.MqttVersion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One target for each decoder: a legal packet, damaged in a few places, with its remaining length put right or not.
 * Whatever comes of it, it is packets or a violation with a code, and the same in one piece as byte by byte.
 */
class PacketDecoderFuzzTest {
    private static final int ROUNDS = 2_000;
    private static final int MAX_BYTES = 300;

    @ParameterizedTest
    @CsvSource({
        "ConnAck, 20 0f 00 00 0c 21 000a 13 0014 1f 0003 616263",
        "ConnAck of 3.1.1, 20 02 01 00",
        "Publish, 34 14 0003 612f62 0007 08 01 01 23 0001 0b 81 01 68656c",
        "Publish of 3.1.1, 32 09 0003 612f62 0007 7879",
        "PubAck of 3.1.1, 40 02 0007",
        "PubRec of 3.1.1, 50 02 0007",
        "PubRel of 3.1.1, 62 02 0007",
        "PubComp of 3.1.1, 70 02 0007",
        "SubAck of 3.1.1, 90 05 0001 00 01 80",
        "UnsubAck of 3.1.1, b0 02 0001",
        "PubAck, 40 09 0007 10 05 1f 0002 6162",
        "PubRec, 50 09 0007 97 05 1f 0002 6162",
        "PubRel, 62 0b 0007 92 07 26 0001 61 0001 62",
        "PubComp, 70 0b 0007 00 07 26 0001 61 0001 62",
        "SubAck, 90 0b 0001 05 1f 0002 6162 00 01 a2",
        "UnsubAck, b0 0a 0001 05 1f 0002 6162 00 11",
        "Disconnect, e0 08 9c 06 1c 0003 683a31",
        "Auth, f0 0b 18 09 15 0001 73 16 0002 0102",
        "PingResp, d0 00"
    })
    void findsPacketsOrAViolation(String target, String hex) {
        byte[] legal = HexFormat.of().parseHex(hex.replace(" ", ""));
        Random random = new Random(target.hashCode());
        for (int round = 0; round < ROUNDS; round++) {
            byte[] wire = damaged(legal, random);
            for (MqttVersion version : MqttVersion.values()) {
                assertEquals(
                        read(version, wire, wire.length),
                        read(version, wire, 1),
                        () -> target + ": " + HexFormat.of().formatHex(wire));
            }
        }
    }

    private static byte[] damaged(byte[] legal, Random random) {
        byte[] wire = legal.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(wire.length);
            wire = switch (random.nextInt(4)) {
                case 0 -> with(wire, at, (byte) random.nextInt());
                case 1 -> with(wire, at, (byte) (wire[at] ^ 1 << random.nextInt(8)));
                case 2 -> cut(wire, at, Math.min(wire.length, at + 1 + random.nextInt(3)));
                default -> doubled(wire, at);
            };
            if (wire.length < 2) {
                return legal;
            }
        }
        if (random.nextBoolean()) {
            wire[0] = legal[0];
            wire[1] = (byte) Math.min(127, wire.length - 2);
        }
        return wire;
    }

    private static byte[] with(byte[] wire, int at, byte value) {
        wire[at] = value;
        return wire;
    }

    private static byte[] cut(byte[] wire, int from, int to) {
        return ByteBuffer.allocate(wire.length - (to - from))
                .put(wire, 0, from)
                .put(wire, to, wire.length - to)
                .array();
    }

    private static byte[] doubled(byte[] wire, int at) {
        return ByteBuffer.allocate(2 * wire.length - at)
                .put(wire)
                .put(wire, at, wire.length - at)
                .array();
    }

    private static List<String> read(MqttVersion version, byte[] wire, int step) {
        List<String> events = new ArrayList<>();
        RecordedPackets packets = new RecordedPackets(version, MAX_BYTES);
        for (int at = 0; at < wire.length; at += step) {
            packets.feed(ByteBuffer.wrap(wire, at, Math.min(step, wire.length - at)), events);
        }
        return events;
    }
}
