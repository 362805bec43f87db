package io.lws.mqtt.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.mqtt.packet.FilePayload;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttProperty;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.store.JournalRecord.Kind;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Lines of a journal, damaged in a few places, with their checksum put right or not: each is a line or none. */
class JournalRecordFuzzTest {
    private static final int ROUNDS = 20_000;

    private final JournalRecord records = new JournalRecord();
    private final MqttMessage message = MqttMessage.of("a/b", "payload", Qos.EXACTLY_ONCE)
            .with(MqttProperties.builder()
                    .text(MqttProperty.CONTENT_TYPE, "c")
                    .user("k", "v")
                    .build());

    private List<byte[]> lines() {
        return List.of(
                copy(records.accepted(7, message)),
                copy(records.accepted(7, message.withPayload(ByteBuffer.allocate(0)), payload())),
                copy(records.plain(Kind.RELEASED, 7)),
                copy(records.count(12)));
    }

    private static FilePayload payload() {
        return new FilePayload(Path.of("/a file"), 1234, 99);
    }

    private static byte[] copy(ByteBuffer line) {
        byte[] bytes = new byte[line.remaining()];
        line.get(bytes);
        return bytes;
    }

    @Test
    void readsBackWhatItWrites() {
        assertEquals(
                message, JournalRecord.read(ByteBuffer.wrap(lines().get(0))).message());
        JournalRecord.Line inFile = JournalRecord.read(ByteBuffer.wrap(lines().get(1)));
        assertNotNull(inFile);
        assertEquals(payload(), inFile.payload());
        assertEquals(message.withPayload(ByteBuffer.allocate(0)), inFile.message());
    }

    @Test
    void findsALineOrNone() {
        Random random = new Random(9);
        int found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] line = lines().get(round % 4);
            for (int i = random.nextInt(3); i >= 0; i--) {
                line[random.nextInt(line.length)] ^= (byte) (1 << random.nextInt(8));
            }
            if (random.nextInt(4) > 0) {
                seal(line);
            }
            ByteBuffer in = ByteBuffer.wrap(line, 0, line.length - random.nextInt(2) * random.nextInt(line.length));
            int before = in.position();
            boolean isLine = JournalRecord.read(in) != null;
            assertTrue(isLine || in.position() == before, "what is no line is left where it is");
            found += isLine ? 1 : 0;
        }
        assertTrue(found > ROUNDS / 20 && found < ROUNDS, found + " lines found");
    }

    private static void seal(byte[] line) {
        CRC32C crc = new CRC32C();
        crc.update(line, JournalRecord.HEAD_BYTES, line.length - JournalRecord.HEAD_BYTES);
        ByteBuffer.wrap(line).putInt(0, line.length - JournalRecord.HEAD_BYTES).putInt(4, (int) crc.getValue());
    }
}
