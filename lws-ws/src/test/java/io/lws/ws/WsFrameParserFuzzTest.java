package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random and damaged input: only {@code ProtocolException} with a close code, and the same however it is cut. */
class WsFrameParserFuzzTest {
    @Test
    void survivesNoise() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            compareCuts(noise, random, seed);
        }
    }

    @Test
    void survivesDamagedFrames() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] wire = frames(random);
            for (int hits = random.nextInt(3); hits > 0; hits--) {
                wire[random.nextInt(wire.length)] ^= (byte) (1 << random.nextInt(8));
            }
            compareCuts(wire, random, seed);
        }
    }

    private static byte[] frames(Random random) {
        byte[] wire = {};
        boolean open = false;
        for (int left = 1 + random.nextInt(6); left > 0; left--) {
            boolean control = random.nextInt(4) == 0;
            int fin = control || random.nextBoolean() ? 0x80 : 0;
            int opcode = control ? 8 + random.nextInt(3) : open ? 0 : 1 + random.nextInt(2);
            open = control ? open : fin == 0;
            byte[] payload = "aü€😀".repeat(random.nextInt(20)).getBytes(StandardCharsets.UTF_8);
            wire = Frames.join(wire, Frames.masked(fin | opcode, control ? new byte[random.nextInt(126)] : payload));
        }
        return wire;
    }

    private static void compareCuts(byte[] wire, Random random, int seed) {
        List<String> whole = run(wire, wire.length + 1, random);
        assertEquals(whole, run(wire, 1, random), "byte by byte, seed " + seed);
        assertEquals(whole, run(wire, 9, random), "cut at random, seed " + seed);
    }

    private static List<String> run(byte[] wire, int mostBytes, Random random) {
        List<String> events = new ArrayList<>();
        Frames.Recorder recorder = new Frames.Recorder(WsSide.SERVER, WsLimits.defaults(), 0);
        ByteBuffer in = ByteBuffer.allocateDirect(wire.length).put(wire).clear();
        for (int end = 0; end < wire.length; ) {
            end = Math.min(wire.length, end + (mostBytes > wire.length ? wire.length : 1 + random.nextInt(mostBytes)));
            recorder.feed(in.limit(end), events);
        }
        assertTrue(events.stream().filter(e -> e.startsWith("FAIL")).count() <= 1, () -> "fails once: " + events);
        return events;
    }
}
