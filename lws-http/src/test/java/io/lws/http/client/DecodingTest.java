package io.lws.http.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.http.HttpMethod;
import io.lws.http.client.ClientRig.Recorder;
import io.lws.http.coding.ContentDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecodingTest {
    private final ClientRig rig = new ClientRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] deflate(byte[] plain, boolean bare) {
        Deflater deflater = new Deflater(9, bare);
        deflater.setInput(plain);
        deflater.finish();
        byte[] out = new byte[plain.length + 100];
        int n = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, n);
    }

    private static byte[] decode(ContentDecoder decoder, byte[] encoded, int step) throws DataFormatException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer out = ByteBuffer.allocate(7);
        for (int at = 0; at < encoded.length; at += step) {
            ByteBuffer in = ByteBuffer.wrap(encoded, at, Math.min(step, encoded.length - at));
            do {
                decoder.decode(in, out.clear());
                all.write(out.array(), 0, out.position());
            } while (out.position() > 0);
        }
        assertTrue(decoder.isDone());
        decoder.close();
        return all.toByteArray();
    }

    @Test
    void decodesHoweverItIsCut() throws Exception {
        byte[] plain = "hello hello hello \u00e4".repeat(20).getBytes(StandardCharsets.UTF_8);
        byte[] flagged = {
            0x1f,
            (byte) 0x8b,
            8,
            31,
            0,
            0,
            0,
            0,
            0,
            0,
            2,
            0,
            'x',
            'y',
            'n',
            0,
            'c',
            0,
            1,
            2,
            3,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0
        };
        byte[] one = gzip(plain);
        byte[] two = Arrays.copyOf(one, one.length * 2);
        System.arraycopy(one, 0, two, one.length, one.length);
        for (int step = 1; step < 40; step++) {
            assertArrayEquals(plain, decode(Inflation.gzip(), one, step));
            assertEquals(plain.length * 2, decode(Inflation.gzip(), two, step).length);
            assertArrayEquals(new byte[0], decode(Inflation.gzip(), flagged, step));
            assertArrayEquals(plain, decode(Inflation.deflate(), deflate(plain, false), step));
            assertArrayEquals(plain, decode(Inflation.deflate(), deflate(plain, true), step));
        }
    }

    private Recorder respond(String coding, byte[] content) {
        Recorder heard = rig.get("http://a.example/");
        rig.origin()
                .send("HTTP/1.1 200 OK\r\nContent-Encoding: " + coding + "\r\nContent-Length: " + content.length
                        + "\r\n\r\n");
        rig.origin().send(content);
        rig.settle();
        return heard;
    }

    @Test
    void offersAndDecodes() throws IOException {
        byte[] plain = "hello".getBytes(StandardCharsets.UTF_8);
        Recorder heard = respond("gzip", gzip(plain));
        assertTrue(rig.origin().receivedText().contains("\r\nAccept-Encoding: gzip, deflate"));
        assertEquals("hello", heard.body.toString());
        assertEquals("hello", respond("deflate", deflate(plain, false)).body.toString());
        assertEquals("hello", respond("unknown", plain).body.toString());
        assertEquals("hello", respond("X-Gzip", gzip(plain)).body.toString());
    }

    @Test
    void leavesContentAsItIsWhenAskedTo() throws IOException {
        byte[] encoded = gzip(new byte[10]);
        for (ClientRequest request : List.of(
                ClientRequest.builder(HttpMethod.GET, "http://a.example/")
                        .undecoded()
                        .build(),
                ClientRequest.builder(HttpMethod.GET, "http://a.example/")
                        .header("Accept-Encoding", "gzip")
                        .build())) {
            Recorder heard = rig.ask(request);
            rig.origin()
                    .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + encoded.length
                            + "\r\n\r\n");
            rig.origin().send(encoded);
            rig.settle();
            assertEquals(encoded.length, heard.body.length());
        }
    }

    @Test
    void refusesBombsAndBrokenContent() throws IOException {
        byte[] bomb = gzip(new byte[20 << 20]);
        byte[] cut = Arrays.copyOf(gzip(new byte[100]), 15);
        byte[] wrongSum = gzip(new byte[100]);
        wrongSum[wrongSum.length - 6] ^= 1;
        byte[] wrongLength = gzip(new byte[100]);
        wrongLength[wrongLength.length - 1] ^= 1;
        byte[] behind = Arrays.copyOf(deflate(new byte[9], false), 60);
        assertEquals("closed DECODING", last(respond("gzip", bomb)));
        assertEquals("closed DECODING", last(respond("gzip", cut)));
        assertEquals("closed DECODING", last(respond("gzip", wrongSum)));
        assertEquals("closed DECODING", last(respond("gzip", wrongLength)));
        assertEquals("closed DECODING", last(respond("gzip", "plain text".getBytes(StandardCharsets.UTF_8))));
        assertEquals("closed DECODING", last(respond("deflate", new byte[] {8, 1, 2, 3})));
        assertEquals("closed DECODING", last(respond("deflate", behind)));
    }

    private static String last(Recorder heard) {
        return heard.events.get(heard.events.size() - 1);
    }

    /** A little that inflates to much comes no faster than it is wanted. */
    @Test
    void decodesOnlyAsFastAsItIsWanted() throws IOException {
        byte[] encoded = gzip(new byte[500_000]);
        Recorder slow = new Recorder();
        slow.onBody = HttpExchange::pauseRx;
        HttpExchange<Void> http = rig.client.exchange(ClientRequest.get("http://a.example/"), slow);
        rig.settle();
        rig.origin()
                .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + encoded.length + "\r\n\r\n");
        rig.origin().send(encoded);
        rig.settle();
        int first = slow.body.length();
        assertTrue(first > 0 && first <= 32 << 10, first + " bytes");
        for (int i = 0; i < 100 && http.isOpen(); i++) {
            int before = slow.body.length();
            http.resumeRx();
            rig.settle();
            assertTrue(slow.body.length() - before <= 32 << 10);
        }
        assertEquals(500_000, slow.body.length());
        assertEquals("closed 200", last(slow));
    }
}
