package io.lws.buffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BufferChainTest {
    private final BufferChain chain = new BufferChain();

    @Test
    void isEmptyAtFirst() {
        assertTrue(chain.isEmpty());
        assertFalse(chain.head().hasRemaining());
        assertEquals(0, chain.drainTo(ByteBuffer.allocate(10)));
    }

    @Test
    void consumesAllThatIsAppended() {
        ByteBuffer src = ByteBuffer.wrap(new byte[200_000]);
        chain.append(src);
        assertFalse(src.hasRemaining());
        assertEquals(200_000, chain.lengthBytes());
    }

    @Test
    void keepsNothingOfTheCallersBuffer() {
        byte[] lent = {1, 2, 3};
        chain.append(ByteBuffer.wrap(lent));
        lent[0] = 9;
        assertEquals(1, chain.head().get());
    }

    @Test
    void takesNothingForAnEmptyBuffer() {
        chain.append(ByteBuffer.allocate(0));
        assertTrue(chain.isEmpty());
    }

    @Test
    void dropsEverythingWhenCleared() {
        chain.append(ByteBuffer.wrap(new byte[20_000]));
        chain.clear();
        assertTrue(chain.isEmpty());
        assertFalse(chain.head().hasRemaining());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void givesBackBytesInOrder(long seed) {
        Random random = new Random(seed);
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int step = 0; step < 2_000; step++) {
            if (random.nextBoolean()) {
                byte[] piece = new byte[random.nextInt(random.nextInt(10) == 0 ? 150_000 : 300)];
                random.nextBytes(piece);
                in.writeBytes(piece);
                chain.append(ByteBuffer.wrap(piece));
            } else if (random.nextBoolean()) {
                takeHead(random, out);
            } else {
                ByteBuffer dst = ByteBuffer.allocate(1 + random.nextInt(40_000));
                int moved = chain.drainTo(dst);
                assertEquals(moved, dst.position());
                out.write(dst.array(), 0, moved);
            }
            assertEquals(in.size() - out.size(), chain.lengthBytes());
        }
        while (!chain.isEmpty()) {
            takeHead(random, out);
        }
        assertArrayEquals(in.toByteArray(), out.toByteArray());
    }

    private void takeHead(Random random, ByteArrayOutputStream out) {
        ByteBuffer head = chain.head();
        byte[] taken = new byte[head.hasRemaining() ? 1 + random.nextInt(head.remaining()) : 0];
        head.get(taken);
        chain.consumed(taken.length);
        out.writeBytes(taken);
    }
}
