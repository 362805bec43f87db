package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WsMaskTest {
    private static final int KEY = 0x8a12_f07c;

    @Test
    void equalsMaskingByteByByte() {
        Random random = new Random(1);
        for (int offset = 0; offset < 9; offset++) {
            for (int length = 0; length <= 70; length++) {
                byte[] bytes = new byte[offset + length + 9];
                random.nextBytes(bytes);
                for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
                    check(ByteBuffer.allocate(bytes.length).order(order), bytes, offset, length);
                    check(ByteBuffer.allocateDirect(bytes.length).order(order), bytes, offset, length);
                }
            }
        }
    }

    private static void check(ByteBuffer buffer, byte[] bytes, int offset, int length) {
        buffer.put(0, bytes);
        WsMask.apply(buffer, offset, offset + length, KEY);
        assertArrayEquals(reference(bytes, offset, length), content(buffer));
        assertEquals(0, buffer.position());
        assertEquals(bytes.length, buffer.limit());
    }

    @Test
    void goesOnInAnyPhase() {
        byte[] bytes = new byte[70];
        new Random(2).nextBytes(bytes);
        for (int cut = 0; cut <= 70; cut++) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes.clone());
            WsMask.apply(buffer, 0, cut, KEY);
            WsMask.apply(buffer, cut, 70, WsMask.after(KEY, cut));
            assertArrayEquals(reference(bytes, 0, 70), content(buffer), "cut at " + cut);
        }
    }

    @Test
    void tellsWhetherTheResultIsAscii() {
        for (int length = 0; length <= 40; length++) {
            assertEquals(true, ascii(length, -1));
            for (int odd = 0; odd < length; odd++) {
                assertEquals(false, ascii(length, odd), "non-ASCII at " + odd + " of " + length);
            }
        }
    }

    private static boolean ascii(int length, int odd) {
        byte[] plain = new byte[length];
        IntStream.range(0, length).forEach(i -> plain[i] = (byte) (i == odd ? 0xc3 : 'a' + i % 26));
        return WsMask.apply(ByteBuffer.wrap(reference(plain, 0, length)), 0, length, KEY);
    }

    private static byte[] reference(byte[] bytes, int offset, int length) {
        byte[] masked = bytes.clone();
        for (int i = 0; i < length; i++) {
            masked[offset + i] ^= (byte) (KEY >> 24 - 8 * (i & 3));
        }
        return masked;
    }

    private static byte[] content(ByteBuffer buffer) {
        byte[] all = new byte[buffer.capacity()];
        buffer.get(0, all);
        return all;
    }
}
