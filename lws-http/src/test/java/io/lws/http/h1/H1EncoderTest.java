package io.lws.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.http.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class H1EncoderTest {
    private static final long EXAMPLE_OF_RFC_9110 = 784_111_777_000L;
    private static final String DATE = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n";

    private final H1Encoder encoder = new H1Encoder();

    @Test
    void writesHeadWithLength() {
        Headers headers = Headers.of("Content-Type", "text/plain", "x-a", " b ");
        assertEquals(
                "HTTP/1.1 200 OK\r\n" + DATE
                        + "Content-Type: text/plain\r\nx-a: b\r\nContent-Length: 9223372036854775807\r\n\r\n",
                head(200, ConnectionField.DEFAULT, headers, Long.MAX_VALUE));
        assertEquals(
                "HTTP/1.1 404 Not Found\r\n" + DATE + "Connection: close\r\nContent-Length: 0\r\n\r\n",
                head(404, ConnectionField.CLOSE, Headers.EMPTY, 0));
    }

    @Test
    void writesHeadOfChunkedAndUnframedAnswers() {
        assertEquals(
                "HTTP/1.1 200 OK\r\n" + DATE + "Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n",
                head(200, ConnectionField.KEEP_ALIVE, Headers.EMPTY, H1Encoder.CHUNKED));
        assertEquals(
                "HTTP/1.1 299 \r\n" + DATE + "\r\n",
                head(299, ConnectionField.DEFAULT, Headers.EMPTY, H1Encoder.NO_LENGTH));
        assertEquals(
                "HTTP/1.1 204 No Content\r\n" + DATE + "\r\n", head(204, ConnectionField.DEFAULT, Headers.EMPTY, 5));
        assertEquals(
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
                head(101, ConnectionField.UPGRADE, Headers.of("Upgrade", "websocket"), H1Encoder.CHUNKED));
        assertEquals(
                "HTTP/1.1 304 Not Modified\r\n" + DATE + "Content-Length: 12\r\n\r\n",
                head(304, ConnectionField.DEFAULT, Headers.EMPTY, 12));
    }

    /** The third time a head is a copy of the second: it must differ in nothing, and follow whatever changes. */
    @Test
    void writesTheSameHeadEachTime() {
        Headers plain = Headers.of("Content-Type", "text/plain");
        Headers equal = Headers.of("Content-Type", "text/plain");
        Headers other = Headers.of("Content-Type", "text/css  ");
        String first = head(200, ConnectionField.DEFAULT, plain, 13);
        for (int i = 0; i < 3; i++) {
            assertEquals(first, head(200, ConnectionField.DEFAULT, plain, 13));
        }
        assertEquals(first, head(200, ConnectionField.DEFAULT, equal, 13));
        assertEquals(first.replace("plain", "css"), head(200, ConnectionField.DEFAULT, other, 13));
        for (int i = 0; i < 3; i++) {
            assertEquals(first.replace("13\r", "77\r"), head(200, ConnectionField.DEFAULT, plain, 77));
            assertTrue(head(200, ConnectionField.CLOSE, plain, 13).contains("Connection: close\r\n"));
            assertTrue(head(404, ConnectionField.DEFAULT, plain, 13).startsWith("HTTP/1.1 404 "));
        }
        encoder.everyHeadHas("X-Every: 1\r\n".getBytes(StandardCharsets.US_ASCII));
        assertTrue(head(200, ConnectionField.DEFAULT, plain, 13).contains("X-Every: 1\r\n"));
        encoder.everyHeadHas(H1Encoder.NO_LINES);
        assertEquals(first, head(200, ConnectionField.DEFAULT, plain, 13));
    }

    @Test
    void datesARepeatedHeadAnew() {
        ByteBuffer out = ByteBuffer.allocate(200);
        for (int second = 0; second < 4; second++) {
            encoder.updateClock(EXAMPLE_OF_RFC_9110 + 1000L * second);
            for (int i = 0; i < 3; i++) {
                encoder.writeHead(out.clear(), 200, ConnectionField.DEFAULT, Headers.EMPTY, 0);
                assertTrue(text(out).contains("08:49:" + (37 + second) + " GMT"));
            }
        }
    }

    @Test
    void changesDateWithTheSecondOnly() {
        encoder.updateClock(EXAMPLE_OF_RFC_9110 + 999);
        ByteBuffer out = ByteBuffer.allocate(200);
        encoder.writeHead(out, 200, ConnectionField.DEFAULT, Headers.EMPTY, 0);
        assertTrue(text(out).contains(DATE));
        encoder.updateClock(EXAMPLE_OF_RFC_9110 + 1000);
        encoder.writeHead(out.clear(), 200, ConnectionField.DEFAULT, Headers.EMPTY, 0);
        assertTrue(text(out).contains("08:49:38 GMT"));
    }

    @Test
    void writesNothingWithoutRoomForAll() {
        Headers headers = Headers.of("a", "b");
        int needed = encoder.maxHeadBytes(200, headers);
        ByteBuffer out = ByteBuffer.allocate(needed - 1);
        assertFalse(encoder.writeHead(out, 200, ConnectionField.DEFAULT, headers, 1));
        assertEquals(0, out.position());
        assertTrue(encoder.writeHead(
                ByteBuffer.allocate(needed), 200, ConnectionField.KEEP_ALIVE, headers, Long.MAX_VALUE));
        assertFalse(H1Encoder.writeLastChunk(ByteBuffer.allocate(4)));
        assertFalse(H1Encoder.writeContinue(ByteBuffer.allocate(24)));
    }

    @Test
    void framesChunks() {
        int[] sizes = {1, 15, 16, 255, 256, 4096, 65_535, Integer.MAX_VALUE};
        for (int size : sizes) {
            ByteBuffer out = ByteBuffer.allocate(H1Encoder.CHUNK_OVERHEAD_BYTES);
            H1Encoder.writeChunkStart(out, size);
            H1Encoder.writeChunkEnd(out);
            assertEquals(Integer.toHexString(size) + "\r\n\r\n", text(out));
        }
        ByteBuffer out = ByteBuffer.allocate(H1Encoder.LAST_CHUNK_BYTES);
        assertTrue(H1Encoder.writeLastChunk(out));
        assertEquals("0\r\n\r\n", text(out));
        assertThrows(IllegalArgumentException.class, () -> H1Encoder.writeChunkStart(ByteBuffer.allocate(12), 0));
    }

    @Test
    void refusesStatusAndLengthThatAreNone() {
        ByteBuffer out = ByteBuffer.allocate(500);
        assertThrows(
                IllegalArgumentException.class,
                () -> encoder.writeHead(out, 99, ConnectionField.DEFAULT, Headers.EMPTY, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> encoder.writeHead(out, 200, ConnectionField.DEFAULT, Headers.EMPTY, -3));
        assertEquals(0, out.position());
    }

    private String head(int status, ConnectionField connection, Headers headers, long length) {
        encoder.updateClock(EXAMPLE_OF_RFC_9110);
        ByteBuffer out = ByteBuffer.allocate(encoder.maxHeadBytes(status, headers));
        assertTrue(encoder.writeHead(out, status, connection, headers, length));
        return text(out);
    }

    private static String text(ByteBuffer out) {
        return new String(out.array(), 0, out.position(), StandardCharsets.ISO_8859_1);
    }
}
