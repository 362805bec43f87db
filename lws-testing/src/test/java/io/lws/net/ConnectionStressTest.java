package io.lws.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.Limits;
import io.lws.testing.LeakCheck;
import io.lws.testing.LoopRunner;
import io.lws.testing.MemoryTransport;
import io.lws.testing.RecordingRole;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes in comes out, whole and in order, however narrow the way and whoever pauses. */
class ConnectionStressTest {
    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final LoopRunner loop = leaks.loop(Limits.builder()
            .rxStopBytes(300)
            .turnBytes(500)
            .turnWriteables(3)
            .lingerTimeout(Duration.ofSeconds(5))
            .build());

    private static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 7", "7, 1", "3, 2", "2, 100000", "100000, 2", "100000, 100000"})
    void echoesThroughEveryWidth(int deliver, int accept) {
        for (int size : new int[] {0, 1, 2, 3, 299, 300, 301, 1_000, 4_097}) {
            echo(size, deliver, accept);
        }
    }

    private void echo(int size, int deliver, int accept) {
        MemoryTransport near = MemoryTransport.pair().deliverPerRead(deliver).acceptPerWrite(accept);
        RecordingRole role = new RecordingRole().echoing();
        loop.open(near, role::attach);
        byte[] message = random(size, size);
        near.peer().send(message);
        near.peer().fin();
        loop.settle();
        assertArrayEquals(message, near.peer().received(), size + " bytes");
        assertEquals("closed PEER 0 fin", role.events().get(role.events().size() - 1));
    }

    /** Splits at every point: the reader takes pairs only, so each split leaves a byte over half of the time. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsBytesOverEverySplit(boolean buffering) {
        byte[] message = random(40, 4);
        for (int cut = 0; cut <= message.length; cut++) {
            MemoryTransport near = MemoryTransport.pair();
            if (buffering) {
                near.buffering().deliverPerRead(3);
            }
            ByteArrayOutputStream seen = new ByteArrayOutputStream();
            RecordingRole role = new RecordingRole().onRead(in -> {
                while (in.remaining() >= 2) {
                    seen.write(in.get());
                    seen.write(in.get());
                }
            });
            loop.open(near, role::attach);
            near.peer().send(java.util.Arrays.copyOf(message, cut));
            loop.settle();
            near.peer().send(java.util.Arrays.copyOfRange(message, cut, message.length));
            near.peer().fin();
            loop.settle();
            assertArrayEquals(message, seen.toByteArray(), "cut at " + cut);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void losesNothingWhateverHappens(long seed) {
        Random random = new Random(seed);
        MemoryTransport near =
                MemoryTransport.pair().deliverPerRead(1 + random.nextInt(50)).acceptPerWrite(1 + random.nextInt(50));
        if (random.nextBoolean()) {
            near.buffering();
        }
        RecordingRole role = new RecordingRole();
        ArrayDeque<byte[]> queue = new ArrayDeque<>();
        Connection connection = loop.open(near, role::attach);
        role.onRead(in -> {
            byte[] part = new byte[1 + random.nextInt(in.remaining())];
            in.get(part);
            queue.add(part);
            if (queue.size() > 3 || in.hasRemaining()) {
                connection.pauseRx();
            }
            connection.requestWriteable();
        });
        role.onWrite(() -> {
            byte[] part = queue.poll();
            if (part != null) {
                connection.write(ByteBuffer.wrap(part));
            }
            if (queue.isEmpty()) {
                connection.resumeRx();
            } else {
                connection.requestWriteable();
            }
        });
        role.onFin(() -> {});
        byte[] message = random(20_000, seed);
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        MemoryTransport far = near.peer();
        int sent = 0;
        while (sent < message.length) {
            int n = Math.min(random.nextInt(200), message.length - sent);
            far.send(java.util.Arrays.copyOfRange(message, sent, sent + n));
            sent += n;
            disturb(random, near, connection);
            loop.turns(random.nextInt(4));
            back.writeBytes(far.received());
        }
        near.allow();
        far.fin();
        loop.settle();
        back.writeBytes(far.received());
        assertArrayEquals(message, back.toByteArray());
        List<String> seen = role.events().stream()
                .filter(event -> !event.equals("writeable"))
                .toList();
        assertEquals(seen.size() - 1, seen.indexOf("fin"), "the end comes once and after all bytes");
        connection.close(io.lws.CloseInfo.local(0, "done"));
        loop.settle();
    }

    private void disturb(Random random, MemoryTransport near, Connection connection) {
        switch (random.nextInt(8)) {
            case 0 -> near.refuse();
            case 1, 2 -> near.allow();
            case 3 -> connection.requestWriteable();
            case 4 -> near.acceptPerWrite(1 + random.nextInt(100));
            case 5 -> near.deliverPerRead(1 + random.nextInt(100));
            case 6 -> loop.clock().advance(Duration.ofMillis(10));
            default -> loop.turn();
        }
    }
}
