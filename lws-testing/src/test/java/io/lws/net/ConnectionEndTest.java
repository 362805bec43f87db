package io.lws.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.testing.MemoryTransport;
import io.lws.testing.RecordingRole;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConnectionEndTest extends ConnectionFixture {
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

        /** Such as a user who cleans up by aborting whatever has ended. */
        @Test
        void countsOutOnceWhatIsAbortedInItsLastCallback() {
            Connection other = loop.open(MemoryTransport.pair(), new RecordingRole()::attach);
            Connection connection = open();
            role.atClosed(info -> connection.abort(CloseInfo.local(0, "once more")));
            connection.close(CloseInfo.local(0, "done"));
            loop.settle();
            assertGone(connection);
            assertEquals(1, loop.net().load());
            loop.net().forEach(each -> each.abort(CloseInfo.local(0, "all")));
            loop.settle();
            assertEquals(ConnectionPhase.CLOSED, other.phase());
            assertEquals(0, loop.net().load());
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
        void inTheTurnInWhichAPeerHasTakenNothingForTooLongGoesOnce() {
            Connection other = loop.open(MemoryTransport.pair(), new RecordingRole()::attach);
            near.refuse();
            Connection connection = open();
            write("stuck");
            loop.settle();
            loop.clock().advance(limits.sendTimeout());
            loop.loop().execute(() -> connection.close(CloseInfo.local(0, "done")));
            loop.settle();
            role.assertEvents("closed LOCAL 0 done");
            assertGone(connection);
            assertEquals(1, loop.net().load());
            loop.net().cut(CloseInfo.local(0, "over"));
            loop.settle();
            assertEquals(ConnectionPhase.CLOSED, other.phase());
            assertEquals(0, loop.net().load());
        }

        @Test
        void comesToARoleThatTakesOverWhileTheContextCloses() {
            Connection connection = open();
            role.atDrain(() -> {});
            loop.net().drain();
            loop.settle();
            role.assertEvents("drain");
            RecordingRole next = new RecordingRole();
            connection.replaceRole(next.attach(connection));
            loop.settle();
            next.assertEvents("drain", "closed LOCAL 0 drained");
            finFromPeer();
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
}
