package io.lws.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that answers anything but what it should must not get a figure. */
class AnswerReaderTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n";
    private static final String BODY = "0123456789".substring(1);
    private static final byte[] PAYLOAD = "sixteen bytes !!".getBytes(StandardCharsets.US_ASCII);

    private static AnswerReader http() {
        return new HttpReader(HEAD.length(), new ByteImage(ascii(BODY)));
    }

    private static AnswerReader ws() {
        return new WsReader(new ByteImage(PAYLOAD));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static int readInPieces(AnswerReader reader, byte[] bytes, int pieceBytes) {
        int answers = 0;
        for (int at = 0; at < bytes.length; at += pieceBytes) {
            answers += reader.read(ByteBuffer.wrap(bytes, at, Math.min(pieceBytes, bytes.length - at)));
        }
        return answers;
    }

    private static void assertCounted(Supplier<AnswerReader> readers, byte[] two) {
        for (int pieceBytes = 1; pieceBytes <= two.length; pieceBytes++) {
            assertEquals(2, readInPieces(readers.get(), two, pieceBytes), "in pieces of " + pieceBytes);
        }
    }

    @Test
    void countsHttpAnswersHoweverTheyAreCut() {
        assertCounted(AnswerReaderTest::http, ascii(HEAD + BODY + HEAD + BODY));
    }

    @Test
    void countsMessagesHoweverTheyAreCut() {
        byte[] head = WsReader.head(PAYLOAD.length);
        assertCounted(
                AnswerReaderTest::ws,
                ByteBuffer.allocate(2 * (head.length + PAYLOAD.length))
                        .put(head)
                        .put(PAYLOAD)
                        .put(head)
                        .put(PAYLOAD)
                        .array());
    }

    @Test
    void acceptsAMessageInFragments() {
        byte[] frames = ByteBuffer.allocate(3 * 2 + PAYLOAD.length)
                .put(new byte[] {0x02, 0})
                .put(new byte[] {0x00, 7})
                .put(PAYLOAD, 0, 7)
                .put(new byte[] {(byte) 0x80, 9})
                .put(PAYLOAD, 7, 9)
                .array();
        assertEquals(1, ws().read(ByteBuffer.wrap(frames)));
        assertEquals(1, readInPieces(ws(), frames, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\n123456789",
                "HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\n123456789",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123456780",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123456789",
                "123456789",
            })
    void refusesWrongHttpAnswers(String answer) {
        assertThrows(WrongAnswer.class, () -> http().read(ByteBuffer.wrap(ascii(answer + HEAD + BODY))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 9, 17})
    void refusesFramesWithOneByteChanged(int index) {
        byte[] head = WsReader.head(PAYLOAD.length);
        byte[] frame = ByteBuffer.allocate(head.length + PAYLOAD.length)
                .put(head)
                .put(PAYLOAD)
                .array();
        frame[index] ^= 1;
        assertThrows(WrongAnswer.class, () -> ws().read(ByteBuffer.wrap(frame)));
    }

    @Test
    void masksWhatItSends() {
        byte[] frame = Requests.frame(PAYLOAD);
        ByteBuffer in = ByteBuffer.wrap(frame);
        assertEquals(0x8290, in.getShort() & 0xffff);
        int key = in.getInt();
        assertEquals(PAYLOAD[0], (byte) (in.get() ^ key >>> 24));
        assertEquals(PAYLOAD[1], (byte) (in.get() ^ key >>> 16));
        assertEquals(2 + Integer.BYTES + PAYLOAD.length, frame.length);
    }
}
