package io.lws.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.http.HttpLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random damage to plausible requests: any outcome is right except a crash, a read beyond the buffer, or two outcomes.
 */
class H1FuzzTest {
    private static final int ROUNDS = 40_000;
    private static final String[] PIECES = {
        "GET / HTTP/1.1\r\n",
        "POST /a/../b?c=d HTTP/1.1\r\n",
        "OPTIONS * HTTP/1.0\r\n",
        "Host: a:80\r\n",
        "Host: [::1]\r\n",
        "Content-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Expect: 100-continue\r\n",
        "X: y\r\n",
        "\r\n",
        "abc",
        "3\r\nabc\r\n",
        "0\r\n\r\n",
        "1;a=\"b\"\r\nz\r\n",
        "Connection: close\r\n",
        "\r",
        "\n",
        ":",
        " ",
        "%2e%2e/",
        "HTTP/1.1",
        "GET http://a/ HTTP/1.1\r\n",
        "ffffffffffffffff\r\n",
        "X: " + "v".repeat(70) + "\r\n"
    };

    @Test
    void neverCrashesAndNeverDependsOnHowBytesArrive() {
        Random random = new Random(20_240_601);
        HttpLimits limits = HttpLimits.builder()
                .headerBytes(200)
                .requestLineBytes(60)
                .bodyBytes(50)
                .build();
        RequestSubject[] subjects = new RequestSubject[2];
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] wire = damaged(random, plausible(random));
            for (int i = 0; i < subjects.length; i++) {
                subjects[i] = new RequestSubject(limits);
            }
            List<String> whole = feed(subjects[0], wire, wire.length, random);
            List<String> pieces = feed(subjects[1], wire, 0, random);
            assertEquals(whole, pieces, () -> new String(wire, StandardCharsets.ISO_8859_1));
            accepted += whole.isEmpty() || whole.get(0).startsWith("error") ? 0 : 1;
        }
        assertTrue(accepted > ROUNDS / 20, "only " + accepted + " requests got through: the fuzz does not reach far");
    }

    /** Pieces in any order, most often with a proper head in front so that the damage reaches what is behind it. */
    private static String plausible(Random random) {
        StringBuilder wire = new StringBuilder();
        if (random.nextInt(4) > 0) {
            wire.append(PIECES[random.nextInt(2)]).append(PIECES[3]);
            wire.append(PIECES[5 + random.nextInt(4)]).append("\r\n");
        }
        for (int i = random.nextInt(7); i >= 0; i--) {
            wire.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return wire.toString();
    }

    private static byte[] damaged(Random random, String wire) {
        byte[] bytes = wire.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /** Feeds in steps of {@code step}, or random ones when 0; offers again what was left, as the loop does. */
    private static List<String> feed(RequestSubject subject, byte[] wire, int step, Random random) {
        List<String> events = new ArrayList<>();
        int from = 0;
        int to = 0;
        while (to < wire.length) {
            to = Math.min(wire.length, to + (step > 0 ? step : 1 + random.nextInt(12)));
            // its capacity ends with the data: to read beyond is to fail
            ByteBuffer in = ByteBuffer.allocateDirect(to - from)
                    .put(wire, from, to - from)
                    .flip();
            subject.feed(in, events);
            from += in.position();
        }
        return events;
    }
}
