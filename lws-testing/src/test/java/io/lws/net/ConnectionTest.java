package io.lws.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Limits;
import io.lws.ProtocolException;
import io.lws.loop.EventLoop;
import io.lws.loop.Interest;
import io.lws.testing.LeakCheck;
import io.lws.testing.LoopRunner;
import io.lws.testing.MemoryTransport;
import io.lws.testing.RecordingRole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {
    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final Limits limits = Limits.builder()
            .sendTimeout(Duration.ofSeconds(15))
            .lingerTimeout(Duration.ofSeconds(2))
            .maxPendingBytes(1 << 20)
            .rxStopBytes(1_000)
            .turnBytes(10_000)
            .turnWriteables(5)
            .build();
    private final LoopRunner loop = leaks.loop(limits);
    private final MemoryTransport near = MemoryTransport.pair();
    private final MemoryTransport far = near.peer();
    private final RecordingRole role = new RecordingRole();

    private Connection open() {
        return loop.open(near, role::attach);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void write(String text) {
        role.connection().write(ByteBuffer.wrap(bytes(text)));
    }

    /** What the peer of a connection does when it is told of the end. */
    private void finFromPeer() {
        far.fin();
        loop.settle();
    }

    private void assertGone(Connection connection) {
        assertEquals(ConnectionPhase.CLOSED, connection.phase());
        assertTrue(near.isClosed());
    }

    @Nested
    class Input {
        @Test
        void reachesTheRoleInOrder() {
            open();
            far.send("abc");
            loop.settle();
            far.send("de");
            loop.settle();
            role.assertEvents("read abc", "read de");
            finFromPeer();
        }

        @Test
        void isOfferedAgainWithMoreBehind() {
            open();
            role.onRead(in -> {
                if (in.remaining() >= 4) {
                    in.position(in.position() + 4);
                }
            });
            far.send("abc");
            loop.settle();
            role.assertEvents("read ");
            int reads = near.reads();
            loop.turns(5);
            assertEquals(reads, near.reads(), "nothing new, nothing to read");
            far.send("def");
            loop.settle();
            role.assertEvents("read abcd");
            far.send("gh");
            loop.settle();
            role.assertEvents("read efgh");
            finFromPeer();
        }

        @Test
        void waitsWhilePaused() {
            Connection connection = open();
            role.onRead(in -> {
                in.get();
                connection.pauseRx();
            });
            far.send("abc");
            loop.settle();
            role.assertEvents("read a");
            far.send("d");
            loop.settle();
            role.assertEvents();
            for (String next : new String[] {"read b", "read c", "read d"}) {
                connection.resumeRx();
                loop.settle();
                role.assertEvents(next);
            }
            connection.resumeRx();
            loop.settle();
            finFromPeer();
            role.assertEvents("fin", "closed PEER 0 fin");
        }

        @Test
        void staysInTheTransportWhilePaused() {
            Connection connection = open();
            connection.pauseRx();
            connection.pauseRx();
            far.send("abc");
            loop.settle();
            assertEquals(0, near.reads());
            connection.resumeRx();
            connection.resumeRx();
            loop.settle();
            role.assertEvents("read abc");
            finFromPeer();
        }

        @Test
        void goesOnInTheSameTurnWhenTheRolePausesOnlyToWrite() {
            Connection connection = open();
            role.onRead(in -> {
                in.get();
                connection.pauseRx();
                connection.requestWriteable();
            });
            role.onWrite(() -> {
                write("-");
                connection.resumeRx();
            });
            far.send("abc");
            loop.turn();
            role.assertEvents("read a", "writeable", "read b", "writeable", "read c", "writeable");
            assertEquals("---", far.receivedText());
            assertEquals(1, near.writes());
            finFromPeer();
        }

        @Test
        void stopsWhileThePeerTakesNoOutput() {
            role.echoing();
            Connection connection = open();
            near.refuse();
            String piece = "x".repeat(600);
            for (int i = 0; i < 10; i++) {
                far.send(piece);
                loop.settle();
            }
            assertTrue(connection.pendingBytes() > limits.rxStopBytes());
            assertTrue(connection.pendingBytes() <= 2L * limits.rxStopBytes());
            assertFalse(connection.isReading());
            near.allow();
            loop.settle();
            assertEquals(piece.repeat(10), far.receivedText());
            finFromPeer();
        }

        @Test
        void failsTheRoleThatReadsNothingOfAFullBuffer() {
            Connection connection = open();
            role.onRead(in -> {});
            far.send(new byte[LoopNet.READ_BYTES + 1]);
            loop.settle();
            assertEquals(CloseInfo.Initiator.CALLBACK, role.closeInfo().initiator());
            assertGone(connection);
        }

        @Test
        void isDrainedFromATransportThatBuffers() {
            near.buffering().deliverPerRead(2);
            open();
            far.send("abcdefg");
            loop.settle();
            role.assertEvents("read ab", "read cd", "read ef", "read g");
            finFromPeer();
            role.assertEvents("fin", "closed PEER 0 fin");
        }

        @Test
        void ofABufferingTransportWaitsWhilePaused() {
            near.buffering().deliverPerRead(2);
            Connection connection = open();
            role.onRead(in -> {
                in.position(in.limit());
                connection.pauseRx();
            });
            far.send("abcd");
            loop.settle();
            role.assertEvents("read ab");
            connection.resumeRx();
            loop.settle();
            role.assertEvents("read cd");
            connection.resumeRx();
            finFromPeer();
        }
    }

    @Nested
    class Fin {
        @Test
        void reachesTheRoleOnce() {
            role.onFin(() -> {});
            Connection connection = open();
            far.send("abc");
            far.fin();
            loop.settle();
            role.assertEvents("read abc", "fin");
            connection.requestWriteable();
            role.onWrite(() -> write("late answer"));
            loop.settle();
            connection.pauseRx();
            connection.resumeRx();
            loop.settle();
            role.assertEvents("writeable");
            assertEquals("late answer", far.receivedText());
            connection.close(CloseInfo.local(0, "done"));
            loop.settle();
            role.assertEvents("closed LOCAL 0 done");
            assertGone(connection);
        }

        @Test
        void comesAfterAllThatWasSentBefore() {
            Connection connection = open();
            role.onRead(in -> {
                in.get();
                connection.pauseRx();
            });
            far.send("ab");
            far.fin();
            loop.settle();
            role.assertEvents("read a");
            connection.resumeRx();
            loop.settle();
            role.assertEvents("read b");
            connection.resumeRx();
            loop.settle();
            role.assertEvents("fin", "closed PEER 0 fin");
        }

        @Test
        void comesAfterBytesHeldUpByBackPressure() {
            Connection connection = open();
            near.refuse();
            role.onRead(in -> {
                in.get();
                write("x".repeat(2_000));
            });
            far.send("a");
            loop.settle();
            far.send("b");
            far.fin();
            loop.settle();
            role.assertEvents("read a");
            near.allow();
            loop.settle();
            role.assertEvents("read b", "fin", "closed PEER 0 fin");
            assertEquals(4_000, far.received().length);
            assertGone(connection);
        }

        @Test
        void leavesNothingToLingerFor() {
            role.onFin(() -> role.connection().close(CloseInfo.peer(0, "bye")));
            Connection connection = open();
            finFromPeer();
            role.assertEvents("fin", "closed PEER 0 bye");
            assertTrue(far.sawFin());
            assertGone(connection);
        }
    }

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
    class Upgrade {
        private final RecordingRole next = new RecordingRole("next");

        @Test
        void givesTheNewRoleWhatIsUnread() {
            Connection connection = open();
            role.onRead(in -> {
                in.position(in.position() + 3);
                connection.replaceRole(next.attach(connection));
            });
            far.send("GETframe");
            loop.turn();
            role.assertEvents("read GET");
            next.assertEvents("read frame");
            assertSame(next, connection.role());
            far.send("more");
            finFromPeer();
            next.assertEvents("read more", "fin", "closed PEER 0 fin");
            role.assertEvents();
        }

        @Test
        void outsideOfReadingGivesItWhatIsUnreadToo() {
            Connection connection = open();
            role.onRead(in -> in.position(in.position() + Math.min(3, in.remaining())));
            far.send("GETframe");
            loop.turn();
            role.assertEvents("read GET");
            connection.replaceRole(next.attach(connection));
            loop.settle();
            next.assertEvents("read frame");
            finFromPeer();
        }

        @Test
        void whileWritingGivesItWhatIsUnreadToo() {
            Connection connection = open();
            role.onRead(in -> {
                in.position(in.position() + 3);
                connection.pauseRx();
            });
            role.onWrite(() -> {
                write("101");
                connection.replaceRole(next.attach(connection));
                connection.resumeRx();
            });
            far.send("GETframe");
            loop.settle();
            connection.requestWriteable();
            loop.settle();
            next.assertEvents("read frame");
            assertEquals("101", far.receivedText());
            finFromPeer();
        }

        @Test
        void dropsTheOldRolesTimeout() {
            Connection connection = open();
            connection.setTimeout(TimeoutReason.AWAITING_HEADERS, 1_000);
            connection.replaceRole(next.attach(connection));
            loop.advance(Duration.ofSeconds(1));
            role.assertEvents();
            next.assertEvents();
            finFromPeer();
        }
    }

    @Nested
    class Closing {
        @Test
        void flushesEndsLingersAndCloses() {
            Connection connection = open();
            write("last words");
            connection.close(CloseInfo.local(1000, "done"));
            connection.close(CloseInfo.local(1, "too late"));
            assertFalse(connection.isOpen());
            loop.settle();
            role.assertEvents("closed LOCAL 1000 done");
            assertEquals("last words", far.receivedText());
            assertTrue(far.sawFin());
            assertEquals(ConnectionPhase.LINGERING, connection.phase());
            far.send("ignored");
            loop.settle();
            assertFalse(near.isClosed());
            finFromPeer();
            role.assertEvents();
            assertGone(connection);
            assertFalse(far.sawReset());
        }

        @Test
        void waitsForAChokedPeer() {
            near.acceptPerWrite(1);
            Connection connection = open();
            write("slowly");
            connection.close(CloseInfo.local(0, "done"));
            loop.turn();
            role.assertEvents("closed LOCAL 0 done");
            assertEquals(ConnectionPhase.CLOSING, connection.phase());
            assertFalse(far.sawFin());
            loop.settle();
            assertEquals("slowly", far.receivedText());
            assertTrue(far.sawFin());
            finFromPeer();
            assertGone(connection);
        }

        @Test
        void lingersForABoundedTime() {
            Connection connection = open();
            connection.close(CloseInfo.local(0, "done"));
            loop.settle();
            loop.advance(Duration.ofMillis(1_999));
            far.send("still talking");
            loop.settle();
            assertFalse(near.isClosed());
            loop.advance(Duration.ofMillis(1));
            assertGone(connection);
        }

        @Test
        void lingersForABoundedNumberOfBytes() {
            Connection connection = open();
            connection.close(CloseInfo.local(0, "done"));
            loop.settle();
            for (int i = 0; i < 40 && !near.isClosed(); i++) {
                far.send(new byte[60_000]);
                loop.settle();
            }
            assertGone(connection);
        }

        @Test
        void survivesAWriteableThatNobodyAskedFor() {
            Connection connection = open();
            connection.close(CloseInfo.local(0, "done"));
            loop.settle();
            connection.onWriteable();
            loop.settle();
            loop.advance(Duration.ofSeconds(2));
            assertGone(connection);
        }

        @Test
        void inTheMiddleOfReadingStopsReading() {
            Connection connection = open();
            role.onRead(in -> {
                in.get();
                connection.close(CloseInfo.local(0, "enough"));
            });
            far.send("abc");
            loop.settle();
            far.send("def");
            loop.settle();
            role.assertEvents("read a", "closed LOCAL 0 enough");
            finFromPeer();
            assertGone(connection);
        }

        @Test
        void byAbortLosesWaitingOutput() {
            near.refuse();
            Connection connection = open();
            write("lost");
            loop.settle();
            connection.abort(CloseInfo.local(0, "now"));
            connection.abort(CloseInfo.local(0, "again"));
            loop.turn();
            role.assertEvents("closed LOCAL 0 now");
            assertGone(connection);
        }

        @Test
        void byAbortEndsLingeringAndClosing() {
            Connection connection = open();
            connection.close(CloseInfo.local(0, "done"));
            loop.settle();
            connection.abort(CloseInfo.local(0, "now"));
            assertGone(connection);
            role.assertEvents("closed LOCAL 0 done");
        }

        @Test
        void byAbortInTheTurnOfCloseTellsOnce() {
            Connection connection = open();
            connection.close(CloseInfo.local(0, "done"));
            connection.abort(CloseInfo.local(0, "now"));
            loop.turn();
            role.assertEvents("closed LOCAL 0 done");
            assertGone(connection);
        }

        @Test
        void byAPeerThatTakesNothingMoreIsCutAtLast() {
            near.refuse();
            Connection connection = open();
            write("stuck");
            connection.close(CloseInfo.local(0, "done"));
            loop.settle();
            loop.advance(limits.sendTimeout());
            role.assertEvents("closed LOCAL 0 done");
            assertGone(connection);
        }

        @Test
        void drainsWhenTheContextCloses() {
            open();
            loop.net().drain();
            loop.settle();
            role.assertEvents("drain", "closed LOCAL 0 drained");
            finFromPeer();
        }

        @Test
        void drainsAlsoWhatIsOpenedMeanwhile() {
            loop.net().drain();
            open();
            loop.settle();
            role.assertEvents("drain", "closed LOCAL 0 drained");
            finFromPeer();
        }

        @Test
        void comesAlsoToWhatIsOpenedAfterTheCut() {
            loop.net().cut(CloseInfo.local(0, "over"));
            open();
            loop.settle();
            role.assertEvents("closed LOCAL 0 context closed");
        }

        @Test
        void comesToAllWhenTheLoopEnds() {
            open();
            loop.loop().stop();
            loop.turn();
            role.assertEvents("closed LOCAL 0 the loop has ended");
        }
    }

    @Nested
    class Network {
        @Test
        void resetWhileReadingIsTheEnd() {
            Connection connection = open();
            far.send("abc");
            far.reset();
            loop.settle();
            role.assertEvents("closed NETWORK 0 connection reset");
            assertGone(connection);
        }

        @Test
        void resetWhileWritingIsTheEnd() {
            Connection connection = open();
            far.reset();
            write("abc");
            loop.settle();
            role.assertEvents("closed NETWORK 0 connection reset");
            assertGone(connection);
        }

        @Test
        void resetWhileChokedIsTheEnd() {
            near.refuse();
            Connection connection = open();
            write("abc");
            loop.settle();
            far.reset();
            loop.settle();
            role.assertEvents("closed NETWORK 0 connection reset");
            assertGone(connection);
        }

        @Test
        void resetWhileLingeringIsTheEnd() {
            Connection connection = open();
            connection.close(CloseInfo.local(0, "done"));
            loop.settle();
            far.reset();
            loop.settle();
            role.assertEvents("closed LOCAL 0 done");
            assertGone(connection);
        }

        @Test
        void resetWhileClosingIsTheEnd() {
            near.refuse();
            Connection connection = open();
            write("abc");
            connection.close(CloseInfo.local(0, "done"));
            loop.settle();
            far.reset();
            loop.settle();
            role.assertEvents("closed LOCAL 0 done");
            assertGone(connection);
        }
    }

    @Nested
    class Time {
        @Test
        void runsOutForARoleOnce() {
            Connection connection = open();
            connection.setTimeout(TimeoutReason.KEEPALIVE_IDLE, 1_000);
            loop.advance(Duration.ofNanos(999));
            role.assertEvents();
            loop.advance(Duration.ofNanos(1));
            role.assertEvents("timeout KEEPALIVE_IDLE", "closed TIMEOUT 0 KEEPALIVE_IDLE");
            finFromPeer();
        }

        @Test
        void maybePushedBackAndForward() {
            role.atTimeout(reason -> {});
            Connection connection = open();
            connection.setTimeout(TimeoutReason.AWAITING_HEADERS, 1_000);
            connection.setTimeout(TimeoutReason.KEEPALIVE_IDLE, 5_000);
            loop.advance(Duration.ofNanos(4_999));
            role.assertEvents();
            connection.setTimeout(TimeoutReason.USER, 10);
            loop.advance(Duration.ofNanos(10));
            role.assertEvents("timeout USER");
            loop.advance(Duration.ofSeconds(1));
            role.assertEvents();
            finFromPeer();
        }

        @Test
        void isCleared() {
            Connection connection = open();
            connection.setTimeout(TimeoutReason.USER, 1_000);
            connection.clearTimeout();
            loop.advance(Duration.ofSeconds(1));
            role.assertEvents();
            finFromPeer();
        }

        @Test
        void ofZeroRunsOutInTheNextTurn() {
            role.atTimeout(reason -> {});
            Connection connection = open();
            connection.setTimeout(TimeoutReason.USER, 0);
            loop.settle();
            role.assertEvents("timeout USER");
            connection.setTimeout(TimeoutReason.USER, -5);
            loop.settle();
            role.assertEvents("timeout USER");
            connection.setTimeout(TimeoutReason.USER, Long.MAX_VALUE);
            loop.advance(Duration.ofDays(1));
            role.assertEvents();
            finFromPeer();
        }

        @Test
        void maybeSetAgainByTheRoleItRanOutFor() {
            Connection connection = open();
            role.atTimeout(reason -> connection.setTimeout(TimeoutReason.USER, 1_000));
            connection.setTimeout(TimeoutReason.USER, 1_000);
            for (int i = 0; i < 3; i++) {
                loop.advance(Duration.ofNanos(1_000));
                role.assertEvents("timeout USER");
            }
            finFromPeer();
        }

        @Test
        void letsARoleAnswerBeforeItCloses() {
            Connection connection = open();
            role.atTimeout(reason -> {
                write("408");
                connection.close(CloseInfo.timeout("headers"));
            });
            connection.setTimeout(TimeoutReason.AWAITING_HEADERS, 1_000);
            loop.advance(Duration.ofNanos(1_000));
            assertEquals("408", far.receivedText());
            assertTrue(far.sawFin());
            finFromPeer();
        }

        @Test
        void runsOutForAPeerThatTakesNoOutput() {
            near.refuse();
            Connection connection = open();
            connection.setTimeout(TimeoutReason.USER, Duration.ofMinutes(1).toNanos());
            write("abc");
            loop.settle();
            loop.advance(Duration.ofMillis(14_999));
            role.assertEvents();
            loop.advance(Duration.ofMillis(1));
            role.assertEvents("closed TIMEOUT 0 peer took no output");
            assertGone(connection);
        }

        @Test
        void beginsAnewWithEachByteThePeerTakes() {
            near.refuse();
            Connection connection = open();
            write("abc");
            loop.settle();
            near.acceptPerWrite(1);
            for (int i = 0; i < 2; i++) {
                loop.advance(Duration.ofSeconds(14));
                near.allow();
                loop.turn();
                near.refuse();
                loop.settle();
            }
            loop.advance(Duration.ofSeconds(14));
            role.assertEvents();
            loop.advance(Duration.ofSeconds(1));
            role.assertEvents("closed TIMEOUT 0 peer took no output");
            assertGone(connection);
        }

        @Test
        void runsOutForTheRoleWhileSendingIsWatchedToo() {
            near.refuse();
            Connection connection = open();
            role.atTimeout(reason -> {});
            write("abc");
            loop.settle();
            connection.setTimeout(TimeoutReason.USER, Duration.ofSeconds(5).toNanos());
            loop.advance(Duration.ofSeconds(5));
            role.assertEvents("timeout USER");
            loop.advance(Duration.ofSeconds(10));
            role.assertEvents("closed TIMEOUT 0 peer took no output");
            assertGone(connection);
        }
    }

    @Nested
    class Misbehaviour {
        private final MemoryTransport bystander = MemoryTransport.pair();
        private final RecordingRole other = new RecordingRole("bystander").echoing();

        record Row(String where, BiConsumer<RecordingRole, Runnable> plant) {
            @Override
            public String toString() {
                return where;
            }
        }

        static Stream<Row> callbacks() {
            return Stream.of(
                    new Row("onReadable", (role, bomb) -> role.onRead(in -> bomb.run())),
                    new Row("onWriteable", (role, bomb) -> role.onWrite(bomb)),
                    new Row("onPeerFin", (role, bomb) -> role.onFin(bomb)),
                    new Row("onTimeout", (role, bomb) -> role.atTimeout(reason -> bomb.run())),
                    new Row("onDrain", (role, bomb) -> role.atDrain(bomb)));
        }

        /** Brings every callback about, until the connection is gone. */
        private void provoke(Connection connection) {
            far.send("abc");
            connection.requestWriteable();
            loop.settle();
            connection.setTimeout(TimeoutReason.USER, 10);
            loop.advance(Duration.ofNanos(10));
            connection.drain();
            loop.settle();
            far.fin();
            loop.settle();
        }

        private void assertBystanderUnharmed() {
            bystander.peer().send("still here");
            loop.settle();
            assertEquals("still here", bystander.peer().receivedText());
            bystander.peer().fin();
            loop.settle();
        }

        @ParameterizedTest
        @MethodSource("callbacks")
        void thrownFromACallbackEndsThisSessionAlone(Row row) {
            loop.open(bystander, other::attach);
            role.atTimeout(reason -> {}).atDrain(() -> {});
            IllegalStateException thrown = new IllegalStateException("meant");
            row.plant.accept(role, () -> {
                throw thrown;
            });
            Connection connection = open();
            provoke(connection);
            assertEquals(
                    1,
                    role.events().stream().filter(e -> e.startsWith("closed")).count());
            assertEquals(
                    "closed CALLBACK 0 callback threw IllegalStateException",
                    role.events().get(role.events().size() - 1));
            assertSame(thrown, role.closeInfo().cause());
            assertGone(connection);
            assertBystanderUnharmed();
        }

        @ParameterizedTest
        @MethodSource("callbacks")
        void thrownAsAnErrorIsNoDifferent(Row row) {
            loop.open(bystander, other::attach);
            role.atTimeout(reason -> {}).atDrain(() -> {});
            row.plant.accept(role, () -> {
                throw new StackOverflowError("meant");
            });
            Connection connection = open();
            provoke(connection);
            assertEquals(CloseInfo.Initiator.CALLBACK, role.closeInfo().initiator());
            assertGone(connection);
            assertBystanderUnharmed();
        }

        @ParameterizedTest
        @MethodSource("callbacks")
        void ofThePeerReachesOnViolationThenOnClosedWithTheCode(Row row) {
            role.atTimeout(reason -> {}).atDrain(() -> {});
            role.atViolation(violation -> write("close " + violation.code()));
            row.plant.accept(role, () -> {
                throw new ProtocolException(1002, "reserved bit");
            });
            Connection connection = open();
            provoke(connection);
            int events = role.events().size();
            assertEquals("violation 1002 reserved bit", role.events().get(events - 2));
            assertEquals("closed PROTOCOL 1002 reserved bit", role.events().get(events - 1));
            assertEquals("close 1002", far.receivedText());
            assertGone(connection);
        }

        @Test
        void thrownFromOnViolationEndsTheSessionToo() {
            role.onRead(in -> {
                throw new ProtocolException(1002, "bad");
            });
            role.atViolation(violation -> {
                throw new IllegalStateException("meant");
            });
            Connection connection = open();
            far.send("x");
            loop.settle();
            role.assertEvents("read ", "violation 1002 bad", "closed CALLBACK 0 callback threw IllegalStateException");
            assertGone(connection);
        }

        @Test
        void thrownFromOnClosedEndsNothingElse() {
            role.atClosed(info -> {
                throw new IllegalStateException("meant");
            });
            Connection connection = open();
            connection.close(CloseInfo.local(0, "done"));
            finFromPeer();
            role.assertEvents("closed LOCAL 0 done");
            assertGone(connection);
        }

        @Test
        void thrownFromATaskEndsItsSession() {
            Connection connection = open();
            connection.execute(() -> {
                throw new IllegalStateException("meant");
            });
            loop.settle();
            role.assertEvents("closed CALLBACK 0 callback threw IllegalStateException");
            connection.execute(() -> role.events().add("never"));
            loop.settle();
            assertGone(connection);
        }

        @Test
        void ofTheTransportIsAFailureOfTheNetwork() {
            Connection connection = open();
            Transport broken = brokenTransport();
            RecordingRole second = new RecordingRole();
            Connection doomed = loop.open(broken, second::attach);
            doomed.onReadable();
            loop.settle();
            second.assertEvents("closed NETWORK 0 broken below");
            assertEquals(ConnectionPhase.CLOSED, doomed.phase());
            assertTrue(connection.isOpen());
            finFromPeer();
        }

        private Transport brokenTransport() {
            return new Transport() {
                @Override
                public void open(EventLoop on, Events above) {}

                @Override
                public int read(ByteBuffer dst) {
                    throw new UncheckedIOException(new IOException("broken below") {
                        @Override
                        public String toString() {
                            return "broken below";
                        }
                    });
                }

                @Override
                public int write(ByteBuffer src) {
                    throw new IllegalStateException("broken below");
                }

                @Override
                public void interest(int interest) {}

                @Override
                public void shutdownOutput() {}

                @Override
                public void close() {}
            };
        }

        @Test
        void onAForeignThreadIsRefused() throws Exception {
            Connection connection = open();
            CloseInfo info = CloseInfo.local(0, "x");
            for (Runnable call : new Runnable[] {
                () -> connection.close(info),
                () -> connection.abort(info),
                connection::requestWriteable,
                connection::pauseRx,
                connection::resumeRx,
                () -> connection.out(1),
                () -> connection.setTimeout(TimeoutReason.USER, 1),
                () -> connection.replaceRole(role),
                () -> loop.open(MemoryTransport.pair(), role::attach)
            }) {
                FutureTask<Void> task = new FutureTask<>(call, null);
                Thread thread = new Thread(task);
                thread.start();
                ExecutionException failed = assertThrows(ExecutionException.class, task::get);
                assertEquals(IllegalStateException.class, failed.getCause().getClass());
            }
            assertTrue(connection.isOpen());
            finFromPeer();
        }
    }

    @Nested
    class Opening {
        @Test
        void thatFailsInTheRoleLeavesNothing() {
            assertThrows(
                    IllegalStateException.class,
                    () -> loop.open(near, connection -> {
                        connection.requestWriteable();
                        connection.setTimeout(TimeoutReason.USER, 1_000);
                        connection.close(CloseInfo.local(0, "refused"));
                        throw new IllegalStateException("meant");
                    }));
            assertTrue(near.isClosed());
            loop.settle();
        }

        @Test
        void thatFailsLeavesOthersInPlace() {
            MemoryTransport second = MemoryTransport.pair();
            RecordingRole other = new RecordingRole();
            loop.open(second, other::attach);
            thatFailsInTheRoleLeavesNothing();
            assertEquals(1, loop.net().load());
            loop.net().drain();
            loop.settle();
            other.assertEvents("drain", "closed LOCAL 0 drained");
            second.peer().fin();
            loop.settle();
        }

        @Test
        void thatFailsWithAnErrorLeavesNothing() {
            assertThrows(
                    NoClassDefFoundError.class,
                    () -> loop.open(near, connection -> {
                        throw new NoClassDefFoundError("meant");
                    }));
            assertTrue(near.isClosed());
        }

        @Test
        void maybeRefusedByTheRole() {
            Connection connection = loop.open(near, opened -> {
                role.attach(opened);
                opened.close(CloseInfo.local(0, "refused"));
                return role;
            });
            loop.settle();
            role.assertEvents("closed LOCAL 0 refused");
            assertTrue(far.sawFin());
            finFromPeer();
            assertGone(connection);
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
