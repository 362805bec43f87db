package io.lws.epoll;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lws.loop.EventLoop;
import io.lws.loop.Interest;
import io.lws.net.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One end of a pair of sockets stands on the poller, the other is read and written with plain calls. */
class UringTransportTest {
    private static final Calls CALLS = new Calls();

    private int[] pair = new int[0];
    private UringPoller poller;
    private EventLoop loop;
    private UringTransport transport;
    private final Seen seen = new Seen();

    /** What the transport tells. */
    private static final class Seen implements Transport.Events {
        private int readable;
        private int writeable;

        @Override
        public void onReadable() {
            readable++;
        }

        @Override
        public void onWriteable() {
            writeable++;
        }
    }

    @BeforeEach
    void open() throws Throwable {
        assumeTrue(new UringProvider().available(), "the kernel refuses io_uring");
        pair = Libc.socketPair();
        poller = new UringPoller();
        loop = new EventLoop(0, poller, System::nanoTime);
        transport = UringTransport.adopted(new Calls(), pair[0]);
        transport.open(loop, seen);
        turn();
    }

    @AfterEach
    void close() {
        if (poller != null) {
            transport.close();
            for (int i = 0; i < 100 && poller.size() > 0; i++) {
                turn();
            }
            assertEquals(0, poller.size());
            poller.close();
            CALLS.close(pair[1]);
        }
    }

    private void turn() {
        loop.serviceOnce(0);
    }

    private static byte[] random(int bytes) {
        byte[] data = new byte[bytes];
        new Random(bytes).nextBytes(data);
        return data;
    }

    private byte[] read(int max) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(max);
        int n = transport.read(into);
        return Arrays.copyOf(into.array(), Math.max(0, n));
    }

    private byte[] farRead(int max) {
        return Libc.receive(pair[1], max);
    }

    @Test
    void tellsAgainWhatIsNotRead() throws IOException {
        Libc.write(pair[1], new byte[] {1, 2, 3});
        turn();
        assertEquals(1, seen.readable);
        assertArrayEquals(new byte[] {1}, read(1));
        turn();
        assertEquals(2, seen.readable);
        assertArrayEquals(new byte[] {2, 3}, read(10));
        turn();
        turn();
        assertEquals(2, seen.readable);
        assertEquals(0, read(10).length);
    }

    @Test
    void holdsWhatComesWhilePaused() throws IOException {
        transport.interest(Interest.NONE);
        byte[] data = random(100_000);
        Libc.write(pair[1], data);
        turn();
        turn();
        assertEquals(0, seen.readable);
        transport.interest(Interest.READ);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (all.size() < data.length) {
            turn();
            all.write(read(65536));
        }
        assertArrayEquals(data, all.toByteArray());
    }

    @Test
    void tellsTheEndUntilItIsRead() throws IOException {
        Libc.write(pair[1], new byte[] {9});
        CALLS.shutdown(pair[1], Calls.SHUT_WR);
        turn();
        assertArrayEquals(new byte[] {9}, read(10));
        turn();
        turn();
        assertEquals(-1, transport.read(ByteBuffer.allocate(1)));
        transport.interest(Interest.NONE);
        int told = seen.readable;
        turn();
        assertEquals(told, seen.readable);
    }

    @Test
    void sendsSmallPiecesOfATurnAsOne() throws IOException {
        transport.write(ByteBuffer.wrap(new byte[] {1}));
        transport.write(ByteBuffer.wrap(new byte[] {2, 3}));
        assertTrue(transport.flush());
        turn();
        assertArrayEquals(new byte[] {1, 2, 3}, farRead(10));
    }

    /** The output of another in between moves what is lengthened. */
    @Test
    void keepsTheOrderAmongOthers() throws Throwable {
        int[] others = Libc.socketPair();
        UringTransport other = UringTransport.adopted(new Calls(), others[0]);
        other.open(loop, new Seen());
        for (int i = 0; i < 10; i++) {
            transport.write(ByteBuffer.wrap(new byte[] {(byte) i}));
            other.write(ByteBuffer.wrap(new byte[] {(byte) (10 + i)}));
        }
        turn();
        assertArrayEquals(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, farRead(100));
        assertArrayEquals(new byte[] {10, 11, 12, 13, 14, 15, 16, 17, 18, 19}, Libc.receive(others[1], 100));
        other.close();
        Libc.close(others[1]);
    }

    /** Small pieces, until the kernel takes part of one; then no more; then, when there is room, the rest. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 5_000, 8_192, 8_193, 200_000})
    void losesNothingWhenThePeerStalls(int pieceBytes) throws IOException {
        ByteBuffer data = ByteBuffer.wrap(random(4 << 20));
        byte[] all = data.array().clone();
        ByteArrayOutputStream arrived = new ByteArrayOutputStream();
        int chokes = 0;
        while (data.hasRemaining()) {
            ByteBuffer piece = data.slice().limit(Math.min(pieceBytes, data.remaining()));
            int n = transport.write(piece);
            data.position(data.position() + n);
            turn();
            if (piece.hasRemaining() || !transport.flush()) {
                chokes++;
                choke(arrived);
            }
        }
        turn();
        byte[] last;
        while (arrived.size() < all.length && (last = farRead(1 << 20)).length > 0) {
            arrived.write(last);
            turn();
        }
        assertTrue(chokes > 3, "never choked");
        assertArrayEquals(all, arrived.toByteArray());
    }

    private void choke(ByteArrayOutputStream arrived) throws IOException {
        transport.interest(Interest.READ | Interest.WRITE);
        turn();
        int told = seen.writeable;
        while (seen.writeable == told) {
            arrived.write(farRead(100_000));
            turn();
        }
        assertTrue(transport.flush());
        transport.interest(Interest.READ);
    }

    @Test
    void sendsTheLastOutputAfterTheClose() throws IOException {
        byte[] all = random(4 << 20);
        ByteBuffer data = ByteBuffer.wrap(all);
        while (data.hasRemaining() && transport.flush()) {
            ByteBuffer piece = data.slice().limit(Math.min(3_000, data.remaining()));
            data.position(data.position() + transport.write(piece));
            turn();
        }
        assertFalse(transport.flush());
        transport.shutdownOutput();
        transport.close();
        ByteArrayOutputStream arrived = new ByteArrayOutputStream();
        byte[] next;
        while ((next = farRead(100_000)).length > 0) {
            arrived.write(next);
            turn();
        }
        assertArrayEquals(Arrays.copyOf(all, data.position()), arrived.toByteArray());
        assertEquals(0, loop.armedTimers());
    }

    @Test
    void refusesToWriteToAPeerThatHasGone() throws IOException {
        CALLS.shutdown(pair[1], Calls.SHUT_RDWR);
        transport.write(ByteBuffer.wrap(new byte[] {1}));
        turn();
        assertThrows(IOException.class, () -> transport.write(ByteBuffer.wrap(new byte[] {1})));
    }

    /** A request that is still to be handed over must not reach a socket that gets the number next. */
    @Test
    void takesItsRequestsAlongWhenItCloses() throws Throwable {
        for (int i = 0; i < 100; i++) {
            int[] first = Libc.socketPair();
            UringTransport gone = UringTransport.adopted(new Calls(), first[0]);
            gone.open(loop, new Seen());
            gone.close();
            int[] second = Libc.socketPair();
            Libc.write(second[1], new byte[] {5});
            turn();
            assertEquals(1, Libc.receive(second[0], 10).length, "somebody else has read it");
            Libc.close(first[1]);
            Libc.close(second[0]);
            Libc.close(second[1]);
        }
    }

    /** More sockets have something than there are buffers. */
    @Test
    void servesMoreAtOnceThanThereAreBuffers() throws Throwable {
        int count = 600;
        int[][] pairs = new int[count][];
        UringTransport[] each = new UringTransport[count];
        Seen[] told = new Seen[count];
        for (int i = 0; i < count; i++) {
            told[i] = new Seen();
            pairs[i] = Libc.socketPair();
            each[i] = UringTransport.adopted(new Calls(), pairs[i][0]);
            each[i].open(loop, told[i]);
            Libc.write(pairs[i][1], new byte[] {(byte) i});
        }
        for (int i = 0; i < count && Arrays.stream(told).anyMatch(one -> one.readable == 0); i++) {
            turn();
        }
        for (int i = 0; i < count; i++) {
            ByteBuffer into = ByteBuffer.allocate(10);
            assertEquals(1, each[i].read(into));
            assertEquals((byte) i, into.get(0));
            each[i].close();
            Libc.close(pairs[i][1]);
        }
    }
}
