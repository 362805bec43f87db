package io.lws.http.brotli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.HttpMethod;
import io.lws.http.Mount;
import io.lws.http.client.ClientRequest;
import io.lws.http.client.ClientResponse;
import io.lws.http.client.HttpClient;
import io.lws.http.coding.CodingProvider;
import io.lws.http.coding.ContentDecoder;
import io.lws.http.coding.ContentEncoder;
import io.lws.testing.LeakCheck;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Brotli by itself, in steps of any size, and through a server and a client that find it. */
class BrotliTest {
    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    /** Half of it repeats itself, half does not. */
    private static byte[] content(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        Arrays.fill(bytes, length / 2, length, (byte) 'a');
        return bytes;
    }

    private static byte[] encoded(byte[] content, int step) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ContentEncoder encoder = new BrotliCoding().encoder(5)) {
            for (int at = 0; at < content.length; at += step) {
                take(encoder.encode(ByteBuffer.wrap(content, at, Math.min(step, content.length - at))), out);
            }
            take(encoder.finish(), out);
        }
        return out.toByteArray();
    }

    private static byte[] decoded(byte[] encoded, int step) throws DataFormatException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ContentDecoder decoder = new BrotliCoding().decoder()) {
            for (int at = 0; at < encoded.length; at += step) {
                ByteBuffer in = ByteBuffer.wrap(encoded, at, Math.min(step, encoded.length - at));
                ByteBuffer piece = ByteBuffer.allocate(1000);
                do {
                    decoder.decode(in, piece.clear());
                    take(piece.flip(), out);
                } while (piece.limit() > 0);
            }
            assertTrue(decoder.isDone());
        }
        return out.toByteArray();
    }

    private static void take(ByteBuffer from, ByteArrayOutputStream to) {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        to.writeBytes(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 70_000, 3_000_000})
    void undoesWhatItDid(int length) throws DataFormatException {
        byte[] content = content(length);
        for (int step : new int[] {7, 4096, 1 << 20}) {
            if (length / step > 100_000) {
                continue;
            }
            byte[] encoded = encoded(content, step);
            assertTrue(encoded.length < length / 2 + length / 100 + 100, encoded.length + " of " + length);
            assertArrayEquals(content, decoded(encoded, step));
        }
    }

    @Test
    void refusesWhatIsNone() {
        byte[] encoded = encoded(content(1000), 1000);
        byte[] more = Arrays.copyOf(encoded, encoded.length + 1);
        assertThrows(DataFormatException.class, () -> decoded(more, 10_000));
        byte[] garbage = new byte[1000];
        Arrays.fill(garbage, (byte) 0xff);
        assertThrows(DataFormatException.class, () -> decoded(garbage, 10));
        ByteBuffer half = ByteBuffer.wrap(encoded, 0, encoded.length / 2);
        try (ContentDecoder decoder = new BrotliCoding().decoder()) {
            decoder.decode(half, ByteBuffer.allocate(100_000));
            assertFalse(decoder.isDone());
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void isFoundByServerAndClient(@TempDir Path site) throws Exception {
        assertInstanceOf(BrotliCoding.class, CodingProvider.brotli());
        String text = "all work and no play makes a dull page. ".repeat(10_000);
        Files.writeString(site.resolve("page.txt"), text);
        Vhost server = Vhost.builder("localhost")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .mount(Mount.files("/", site).compressed())
                .build();
        Vhost own = Vhost.builder("client").build();
        Context context =
                leaks.watch(Context.builder().vhost(server).vhost(own).build().start());
        try (context;
                HttpClient client = HttpClient.builder(own).build()) {
            String url = "http://localhost:" + server.port() + "/page.txt";
            ClientResponse decoded = client.get(url).get(20, TimeUnit.SECONDS);
            assertEquals("br", decoded.header("content-encoding"));
            assertEquals("Accept-Encoding", decoded.header("vary"));
            assertEquals(text, decoded.text());
            ClientRequest raw = ClientRequest.builder(HttpMethod.GET, url)
                    .header("Accept-Encoding", "br;q=0.5, gzip;q=0.1")
                    .undecoded()
                    .build();
            byte[] encoded = client.send(raw).get(20, TimeUnit.SECONDS).body();
            assertTrue(encoded.length < 1000, encoded.length + " octets");
            assertEquals(text, new String(decoded(encoded, 100), StandardCharsets.UTF_8));
        }
    }
}
