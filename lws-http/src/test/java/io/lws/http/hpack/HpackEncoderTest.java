package io.lws.http.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.http.hpack.HpackEncoder.Keeping;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HpackEncoderTest {
    private final HpackEncoder encoder = new HpackEncoder(4096);
    private final HpackDecoder decoder = new HpackDecoder();
    private final ByteBuffer out = ByteBuffer.allocate(1 << 16);

    private String written() {
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        out.clear();
        return HexFormat.of().formatHex(bytes);
    }

    private List<String> readBack() {
        return HpackDecoderTest.decode(decoder, out.flip(), 1 << 20);
    }

    /** RFC 7541 C.4.1. */
    @Test
    void writesARequestAsTheStandardDoes() {
        encoder.begin(out);
        encoder.field(":method", "GET", Keeping.INDEXED, out);
        encoder.field(":scheme", "http", Keeping.INDEXED, out);
        encoder.field(":path", "/", Keeping.INDEXED, out);
        encoder.field(":authority", "www.example.com", Keeping.INDEXED, out);
        assertEquals("828684418cf1e3c2e5f23a6ba0ab90f4ff", written());
        encoder.field(":authority", "www.example.com", Keeping.INDEXED, out);
        encoder.field("cache-control", "no-cache", Keeping.INDEXED, out);
        assertEquals("be5886a8eb10649cbf", written());
    }

    @Test
    void keepsNoSecret() {
        encoder.field("authorization", "x", Keeping.NEVER, out);
        encoder.field("authorization", "x", Keeping.NEVER, out);
        String once = "1f0801" + HexFormat.of().formatHex("x".getBytes(StandardCharsets.US_ASCII));
        assertEquals(once + once, written());
    }

    @Test
    void writesStatusAndLength() {
        for (int status : new int[] {200, 204, 206, 304, 400, 404, 500, 418}) {
            encoder.status(status, out);
        }
        encoder.contentLength(0, out);
        encoder.contentLength(9, out);
        encoder.contentLength(10, out);
        encoder.contentLength(Long.MAX_VALUE, out);
        assertEquals(
                List.of(
                        ":status: 200",
                        ":status: 204",
                        ":status: 206",
                        ":status: 304",
                        ":status: 400",
                        ":status: 404",
                        ":status: 500",
                        ":status: 418",
                        "content-length: 0",
                        "content-length: 9",
                        "content-length: 10",
                        "content-length: 9223372036854775807"),
                readBack());
    }

    @Test
    void saysWhenTheTableChanges() {
        encoder.allowTable(0);
        encoder.allowTable(100);
        encoder.begin(out);
        assertEquals("203f45", written());
        encoder.begin(out);
        assertEquals("", written());
        encoder.allowTable(1L << 32 - 1);
        encoder.begin(out);
        assertEquals("3fe11f", written());
    }

    @Test
    void isReadBackWhateverIsSent() {
        Random random = new Random(7541);
        for (int round = 0; round < 400; round++) {
            out.clear();
            List<String> sent = new ArrayList<>();
            if (random.nextInt(20) == 0) {
                encoder.allowTable(random.nextInt(5000));
            }
            encoder.begin(out);
            for (int i = random.nextInt(12); i >= 0; i--) {
                String name = "n" + random.nextInt(40);
                String value = text(random);
                encoder.field(name, value, Keeping.values()[random.nextInt(3)], out);
                sent.add(name + ": " + value);
            }
            assertEquals(sent, readBack());
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 3000 : 20); i > 0; i--) {
            text.append((char) random.nextInt(256));
        }
        return text.toString();
    }

    @Test
    void codesEveryOctet() {
        for (int c = 0; c < 256; c++) {
            String text = "" + (char) c + (char) c;
            ByteBuffer coded = ByteBuffer.allocate(16);
            HuffmanEncoder.encode(text, coded);
            assertEquals(HuffmanEncoder.codedBytes(text), coded.position());
            byte[] back = new byte[2];
            assertEquals(2, HuffmanDecoder.decode(coded.flip(), coded.remaining(), back));
            assertEquals(text, new String(back, StandardCharsets.ISO_8859_1));
        }
    }

    /** A prefix code that leaves no bits over: the sum of 2^-length is one. */
    @Test
    void hasACompleteCode() {
        long sum = 0;
        for (int symbol = 0; symbol < HuffmanCode.SYMBOLS; symbol++) {
            sum += 1L << 30 - HuffmanCode.bits(symbol);
        }
        assertEquals(1L << 30, sum);
        assertTrue(HuffmanCode.code(HuffmanCode.EOS) == 0x3fffffff);
    }
}
