package io.lws.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.testing.RecordingRole;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConnectionInputTest extends ConnectionFixture {
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

        /** As a raw protocol expects it that reads numbers, though a WebSocket was read on the same loop before. */
        @Test
        void comesInTheUsualByteOrderWhateverOthersLeave() {
            open();
            List<ByteOrder> orders = new ArrayList<>();
            role.onRead(in -> {
                orders.add(in.order());
                in.order(ByteOrder.LITTLE_ENDIAN).position(in.limit());
            });
            for (int i = 0; i < 2; i++) {
                far.send("number");
                loop.settle();
            }
            assertEquals(List.of(ByteOrder.BIG_ENDIAN, ByteOrder.BIG_ENDIAN), orders);
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

        /** The peer may read no more than it can answer: if both stopped, both would wait for ever. */
        @Test
        void goesOnForWhoAsksThoughThePeerTakesNoOutput() {
            Connection connection = open();
            role.asking();
            near.refuse();
            write("x".repeat(limits.rxStopBytes() + 1));
            far.send("answer");
            loop.settle();
            assertTrue(connection.pendingBytes() > limits.rxStopBytes());
            role.assertEvents("read answer");
            near.allow();
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
        void comesAfterBytesThatTheRoleLeftAndThenCouldNotTakeAllOf() {
            boolean[] ready = {false};
            role.onRead(in -> {
                if (ready[0]) {
                    in.get();
                    write("x".repeat(200_000));
                }
            });
            open();
            far.send("ab");
            loop.settle();
            role.assertEvents("read ");
            ready[0] = true;
            near.refuse();
            far.fin();
            loop.settle();
            role.assertEvents("read a");
            near.allow();
            loop.settle();
            role.assertEvents("read b", "fin", "closed PEER 0 fin");
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
}
