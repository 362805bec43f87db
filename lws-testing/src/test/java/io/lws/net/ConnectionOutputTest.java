package io.lws.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.loop.Interest;
import io.lws.testing.MemoryTransport;
import io.lws.testing.RecordingRole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionOutputTest extends ConnectionFixture {
    @Nested
    class Output {
        @Test
        void ofATurnLeavesInOneWrite() {
            Connection connection = open();
            role.onRead(in -> {
                in.position(in.limit());
                for (int i = 0; i < 100; i++) {
                    write("ab");
                }
                connection.write(bytes("[cde]"), 1, 3);
                connection.out(1).put((byte) 'f');
            });
            far.send("go");
            loop.turn();
            assertEquals(1, near.writes());
            assertEquals("ab".repeat(100) + "cdef", far.receivedText());
            finFromPeer();
        }

        @Test
        void ofSeveralConnectionsDoesNotMix() {
            Connection connection = open();
            MemoryTransport second = MemoryTransport.pair();
            RecordingRole other = new RecordingRole();
            loop.open(second, other::attach);
            role.onRead(in -> {
                in.position(in.limit());
                for (int i = 0; i < 3; i++) {
                    connection.write(bytes("a"), 0, 1);
                    other.connection().write(bytes("b"), 0, 1);
                }
            });
            far.send("go");
            loop.settle();
            assertEquals("aaa", far.receivedText());
            assertEquals("bbb", second.peer().receivedText());
            finFromPeer();
            second.peer().fin();
            loop.settle();
        }

        @Test
        void fromOutsideAnyEventLeavesInTheNextTurn() {
            open();
            write("abc");
            assertEquals("", far.receivedText());
            loop.turn();
            assertEquals("abc", far.receivedText());
            finFromPeer();
        }

        @Test
        void maybeLargerThanTheGatherBuffer() {
            Connection connection = open();
            byte[] large = new byte[500_000];
            for (int i = 0; i < large.length; i++) {
                large[i] = (byte) (i * 31);
            }
            connection.write(ByteBuffer.wrap(large));
            loop.settle();
            assertArrayEquals(large, far.received());
            finFromPeer();
        }

        @Test
        void inOnePieceHasABound() {
            Connection connection = open();
            assertThrows(IllegalArgumentException.class, () -> connection.out(1 << 20));
            finFromPeer();
        }

        @Test
        void waitsForAChokedPeerAndLeavesInOrder() {
            near.acceptPerWrite(1);
            Connection connection = open();
            write("abcdef");
            loop.turn();
            assertTrue(connection.isChoked());
            assertEquals(5, connection.pendingBytes());
            write("ghi");
            loop.settle();
            assertEquals("abcdefghi", far.receivedText());
            assertFalse(connection.isChoked());
            assertEquals(0, connection.pendingBytes());
            finFromPeer();
        }

        @Test
        void isNotAskedForWhileChoked() {
            near.refuse();
            Connection connection = open();
            write("abc");
            loop.settle();
            connection.requestWriteable();
            loop.settle();
            role.assertEvents();
            near.allow();
            loop.settle();
            role.assertEvents("writeable");
            assertEquals("abc", far.receivedText());
            finFromPeer();
        }

        @Test
        void isAskedForInTheSameTurn() {
            Connection connection = open();
            role.onRead(in -> {
                in.position(in.limit());
                connection.requestWriteable();
                connection.requestWriteable();
            });
            role.onWrite(() -> write("answer"));
            far.send("q");
            loop.turn();
            role.assertEvents("read q", "writeable");
            assertEquals("answer", far.receivedText());
            assertEquals(1, near.writes());
            finFromPeer();
        }

        @Test
        void tooMuchForAPeerThatTakesNoneEndsTheConnection() {
            near.refuse();
            Connection connection = open();
            connection.write(ByteBuffer.wrap(new byte[limits.maxPendingBytes() + 1]));
            loop.settle();
            assertEquals(
                    "closed LOCAL 0 more output than the peer takes",
                    role.events().get(0));
            assertGone(connection);
        }

        @Test
        void afterCloseGoesNowhere() {
            Connection connection = open();
            role.atClosed(info -> write("from onClosed"));
            write("before");
            connection.close(CloseInfo.local(0, "done"));
            write("after");
            connection.requestWriteable();
            connection.setTimeout(TimeoutReason.USER, 5);
            loop.settle();
            write("late");
            MemoryTransport second = MemoryTransport.pair();
            RecordingRole other = new RecordingRole();
            loop.open(second, other::attach);
            other.connection().write(ByteBuffer.wrap(bytes("clean")));
            loop.settle();
            assertEquals("before", far.receivedText());
            assertEquals("clean", second.peer().receivedText());
            role.assertEvents("closed LOCAL 0 done");
            second.peer().fin();
            finFromPeer();
        }

        @Test
        void registersWriteInterestOnlyWhileChoked() {
            near.acceptPerWrite(3);
            open();
            write("abc");
            loop.settle();
            assertEquals(Interest.READ, near.interest());
            write("abcd");
            loop.turn();
            assertEquals(Interest.READ | Interest.WRITE, near.interest());
            loop.settle();
            assertEquals(Interest.READ, near.interest());
            finFromPeer();
        }
    }

    @Nested
    class Budget {
        private final MemoryTransport second = MemoryTransport.pair();
        private final RecordingRole other = new RecordingRole();

        private void openOther() {
            loop.open(second, other::attach);
        }

        private void closeBoth() {
            role.onWrite(() -> {});
            second.peer().fin();
            finFromPeer();
        }

        @Test
        void ofCallbacksGivesOthersTheirTurn() {
            Connection connection = open();
            openOther();
            role.onWrite(connection::requestWriteable);
            connection.requestWriteable();
            other.connection().requestWriteable();
            loop.turn();
            assertEquals(limits.turnWriteables(), role.events().size());
            other.assertEvents("writeable");
            loop.turn();
            assertEquals(2 * limits.turnWriteables(), role.events().size());
            closeBoth();
        }

        @Test
        void ofBytesGivesOthersTheirTurn() {
            Connection connection = open();
            openOther();
            role.onWrite(() -> {
                write("x".repeat(4_000));
                connection.requestWriteable();
            });
            connection.requestWriteable();
            other.connection().requestWriteable();
            loop.turn();
            assertEquals(3, role.events().size(), "the third passes the 10000 bytes of a turn");
            other.assertEvents("writeable");
            far.received();
            closeBoth();
        }

        @Test
        void holdsForWholeBatchesOfInput() {
            Connection connection = open();
            role.onRead(in -> {
                in.get();
                connection.pauseRx();
                connection.requestWriteable();
            });
            role.onWrite(() -> {
                write("x".repeat(4_000));
                connection.resumeRx();
            });
            far.send("q".repeat(30));
            loop.turn();
            int inOneTurn = far.received().length;
            assertTrue(inOneTurn <= 16_000, "made in one turn: " + inOneTurn);
            int all = inOneTurn;
            loop.settle();
            all += far.received().length;
            assertEquals(30 * 4_000, all);
            role.onRead(in -> in.position(in.limit()));
            finFromPeer();
        }

        @Test
        void tellsAWriterWhenToStop() {
            Connection connection = open();
            int[] written = {0};
            role.onWrite(() -> {
                while (connection.isReadyForOutput()) {
                    write("x".repeat(1_000));
                    written[0]++;
                }
            });
            connection.requestWriteable();
            loop.turn();
            assertEquals(10, written[0]);
            connection.execute(() -> {
                while (connection.isReadyForOutput()) {
                    write("x".repeat(1_000));
                    written[0]++;
                }
            });
            loop.turn();
            assertEquals(20, written[0]);
            finFromPeer();
        }
    }

    @Nested
    class SendingFiles {
        @TempDir
        Path directory;

        private void sendFile(int size, boolean direct) throws IOException {
            byte[] content = new byte[size];
            new Random(size).nextBytes(content);
            Path path = Files.write(directory.resolve("file"), content);
            try (FileChannel file = FileChannel.open(path)) {
                Connection connection = open();
                long[] at = {0};
                write("head ");
                role.onWrite(() -> {
                    long sent = connection.transferFrom(file, at[0], size - at[0]);
                    assertEquals(direct, sent >= 0);
                    at[0] += Math.max(0, sent);
                    if (sent < 0) {
                        write("no files");
                    } else if (at[0] < size) {
                        connection.requestWriteable();
                    } else {
                        write(" tail");
                    }
                });
                connection.requestWriteable();
                loop.settle();
                ByteArrayOutputStream expected = new ByteArrayOutputStream();
                expected.writeBytes(bytes("head "));
                expected.writeBytes(direct ? content : bytes("no files"));
                expected.writeBytes(direct ? bytes(" tail") : new byte[0]);
                assertArrayEquals(expected.toByteArray(), far.received());
                finFromPeer();
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 7, 1_000})
        void goInOrderThroughANarrowTransport(int accepted) throws IOException {
            near.acceptPerWrite(accepted);
            sendFile(5_000, true);
        }

        @Test
        void goInOne() throws IOException {
            sendFile(300_000, true);
        }

        @Test
        void areRefusedByATransportThatCannot() throws IOException {
            near.withoutFiles();
            sendFile(100, false);
        }

        @Test
        void thatBecameShorterDoNotChoke() throws IOException {
            Path path = Files.write(directory.resolve("short"), new byte[10]);
            try (FileChannel file = FileChannel.open(path)) {
                Connection connection = open();
                assertEquals(10, connection.transferFrom(file, 0, 100));
                assertFalse(connection.isChoked());
                assertEquals(0, connection.transferFrom(file, 10, 90));
                assertFalse(connection.isChoked());
            }
            finFromPeer();
        }

        @Test
        void sentFromOutsideAnEventRegisterInterestWhenChoked() throws IOException {
            Path path = Files.write(directory.resolve("some"), new byte[10]);
            near.acceptPerWrite(4);
            try (FileChannel file = FileChannel.open(path)) {
                Connection connection = open();
                assertEquals(4, connection.transferFrom(file, 0, 10));
                assertTrue(connection.isChoked());
                connection.requestWriteable();
                role.onWrite(() -> assertEquals(4, connection.transferFrom(file, 4, 6)));
                loop.turns(3);
                role.assertEvents("writeable");
                connection.abort(CloseInfo.local(0, "enough"));
            }
            loop.settle();
        }
    }
}
