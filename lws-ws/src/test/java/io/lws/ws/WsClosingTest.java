package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.CloseInfo.Initiator;
import io.lws.net.ConnectionPhase;
import io.lws.policy.ValidityPolicy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way a session ends: what the wire says, what the protocol is told, once. */
class WsClosingTest {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    @RegisterExtension
    final WsRig rig = new WsRig()
            .limits(WsLimits.builder()
                    .closeTimeout(CLOSE_TIMEOUT)
                    .maxMessageBytes(100)
                    .wholeMessageBytes(50)
                    .build());

    @Nested
    class ByThePeer {
        @ParameterizedTest
        @ValueSource(
                ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
        void isAnsweredWithItsCode(int code) {
            rig.open();
            rig.send(WsRig.close(code, "why"));
            rig.assertEvents("peer-close " + code + " why", "closed PEER " + code + " why");
            rig.assertSent("CLOSE " + code);
            rig.assertServerClosed();
        }

        @Test
        void mayHaveNoCode() {
            rig.open();
            rig.send(Frames.masked(0x88, ""));
            rig.assertEvents("peer-close 1005", "closed PEER 1005");
            rig.assertSent("CLOSE 1005"); // which is how the recorder shows an empty one
            rig.assertServerClosed();
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
        void isAViolationWithACodeThatMayNotBeSent(int code) {
            rig.open();
            rig.send(WsRig.close(code, ""));
            rig.assertSent("CLOSE 1002 close code not allowed");
            rig.assertEvents("closed PROTOCOL 1002 close code not allowed");
            rig.assertServerClosed();
        }

        @Test
        void comesBehindItsMessagesWhichAreAnsweredFirst() {
            rig.protocol.at("message", ws -> ws.post(WsMessage.text("answer")));
            rig.open();
            rig.send(WsRig.text("question"), WsRig.text("question"), WsRig.close(1000, ""));
            rig.assertSent("TEXT answer", "TEXT answer", "CLOSE 1000");
        }

        @Test
        void comesBehindAnswersThatWaitForWriteable() {
            int[] owed = {0};
            rig.protocol.at("message", ws -> {
                owed[0]++;
                ws.requestWriteable();
            });
            rig.protocol.onWrite(tx -> {
                tx.text("answer " + owed[0]);
                if (--owed[0] > 0) {
                    rig.protocol.ws().requestWriteable();
                }
            });
            rig.open();
            rig.send(WsRig.text("q"), WsRig.text("q"), WsRig.close(1000, ""));
            rig.assertSent("TEXT answer 2", "TEXT answer 1", "CLOSE 1000");
        }

        @Test
        void mayBeAnsweredWithACodeOfTheProtocolsOwn() {
            rig.protocol.at("peer-close", ws -> ws.close(4001, "mine"));
            rig.open();
            rig.send(WsRig.close(1000, "theirs"));
            rig.assertSent("CLOSE 4001 mine");
            rig.assertEvents("peer-close 1000 theirs", "closed PEER 1000 theirs");
            rig.assertServerClosed();
        }

        @Test
        void endsEverythingThatFollows() {
            rig.open();
            rig.send(WsRig.close(1000, ""), WsRig.text("late"), WsRig.ping("late"), WsRig.close(1001, ""));
            rig.assertEvents("peer-close 1000", "closed PEER 1000");
            rig.assertSent("CLOSE 1000");
            rig.send(WsRig.text("later"));
            rig.assertEvents();
        }

        @Test
        void leavesAnUnfinishedMessageBehind() {
            rig.open();
            rig.send(Frames.masked(0x01, "half"), WsRig.close(1000, ""));
            rig.assertEvents("peer-close 1000", "closed PEER 1000");
            assertTrue(WsLoop.of(rig.loop.net()).pool.heldBytes() > 0, "its memory is not back in the pool");
        }

        @Test
        void isNoticedWhilePausedOnlyAfterwards() {
            rig.protocol.at("message", WsSession::pauseRx);
            WsSession<RecordingWs.Pss> ws = rig.open();
            rig.send(WsRig.text("x"), WsRig.close(1000, ""));
            rig.assertEvents("text x");
            ws.resumeRx();
            rig.loop.settle();
            rig.assertEvents("peer-close 1000", "closed PEER 1000");
        }
    }

    @Nested
    class ByUs {
        @Test
        void isDoneWhenThePeerAnswers() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            ws.close(1001, "going");
            assertFalse(ws.isOpen());
            rig.loop.settle();
            rig.assertSent("CLOSE 1001 going");
            rig.assertEvents();
            rig.send(WsRig.close(1001, "yes"));
            rig.assertEvents("closed LOCAL 1001 going");
            rig.assertSent();
            rig.assertServerClosed();
        }

        @Test
        void sendsWhatWasPostedFirst() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            ws.post(WsMessage.text("last words"));
            ws.close();
            rig.loop.settle();
            rig.assertSent("TEXT last words", "CLOSE 1000");
        }

        @Test
        void dropsMessagesThatStillCome() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            ws.close();
            rig.send(WsRig.text("too late"), WsRig.ping("too late"), WsRig.close(1000, ""));
            rig.assertEvents("closed LOCAL 1000");
            rig.assertSent("CLOSE 1000");
        }

        @Test
        void crossesThePeers() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            rig.far.send(WsRig.close(4444, "at once"));
            ws.close(4321, "");
            rig.loop.settle();
            rig.assertEvents("closed LOCAL 4321");
            rig.assertSent("CLOSE 4321");
            rig.assertServerClosed();
        }

        @Test
        void isOnlyTheFirst() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            ws.close(4001, "first");
            ws.close(4002, "second");
            rig.send(WsRig.close(4001, ""));
            rig.assertSent("CLOSE 4001 first");
            rig.assertEvents("closed LOCAL 4001 first");
        }

        @Test
        void readsAgainToSeeTheAnswer() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            ws.pauseRx();
            rig.send(WsRig.text("unread"));
            ws.close();
            ws.pauseRx(); // of no effect by now
            rig.send(WsRig.close(1000, ""));
            rig.assertEvents("closed LOCAL 1000");
        }

        @Test
        void waitsOnlySoLongForTheAnswer() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            ws.close();
            rig.loop.settle();
            rig.loop.advance(CLOSE_TIMEOUT.minusMillis(1));
            rig.assertEvents();
            rig.loop.advance(Duration.ofMillis(1));
            rig.assertEvents("closed TIMEOUT 1006 AWAITING_CLOSE_ACK");
            assertTrue(rig.far.sawFin());
            rig.loop.advance(rig.limits.lingerTimeout());
            assertTrue(rig.near.isClosed(), "a peer that says nothing must not hold the socket");
        }

        @Test
        void acceptsTheEndOfTheStreamAsAnAnswer() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            ws.close(1000, "bye");
            rig.loop.settle();
            rig.far.fin();
            rig.loop.settle();
            rig.assertEvents("closed LOCAL 1000 bye");
            assertTrue(rig.near.isClosed());
        }

        @Test
        void fromACallbackIsNoDifferent() {
            rig.protocol.at("established", ws -> ws.close(4000, "full"));
            rig.connect();
            rig.ask(WsRig.upgrade("/"));
            rig.assertEvents("upgrade /", "established");
            rig.assertSent("CLOSE 4000 full");
            rig.send(WsRig.close(4000, ""));
            rig.assertEvents("closed LOCAL 4000 full");
        }

        @Test
        void refusesCodesThatMayNotBeSent() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            for (int code : new int[] {0, 999, 1004, 1006, 1015, 2999, 5000}) {
                assertThrows(IllegalArgumentException.class, () -> ws.close(code, ""), "code " + code);
            }
            assertTrue(ws.isOpen());
            rig.send(WsRig.text("alive"));
            rig.assertEvents("text alive");
            assertTrue(ws.post(WsMessage.text("still")));
        }

        @Test
        void abortSaysNothing() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            ws.abort();
            rig.loop.settle();
            rig.assertEvents("closed LOCAL 1006 aborted by the protocol");
            rig.assertSent();
            assertTrue(rig.near.isClosed());
        }

        @Test
        void callsNothingAfterTheEnd() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            rig.send(WsRig.close(1000, ""));
            rig.assertEvents("peer-close 1000", "closed PEER 1000");
            ws.execute(() -> rig.protocol.events.add("task"));
            ws.close();
            ws.abort();
            rig.loop.settle();
            rig.assertEvents();
        }
    }

    @Nested
    class ByTheNetwork {
        @Test
        void aFinAlone() {
            rig.open();
            rig.far.fin();
            rig.loop.settle();
            rig.assertEvents("closed NETWORK 1006 end of stream without close");
            assertTrue(rig.near.isClosed());
        }

        @Test
        void aFinInTheMiddleOfAFrame() {
            rig.open();
            rig.far.send(Arrays.copyOf(WsRig.text("cut"), 7));
            rig.far.fin();
            rig.loop.settle();
            rig.assertEvents("closed NETWORK 1006 end of stream without close");
        }

        @Test
        void aReset() {
            rig.open();
            rig.far.reset();
            rig.loop.settle();
            assertEquals(Initiator.NETWORK, rig.protocol.closeInfo.initiator());
            assertEquals(WsCloseCode.ABNORMAL, rig.protocol.closeInfo.code());
            assertTrue(rig.near.isClosed());
        }

        @Test
        void aResetWhileWeClose() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            ws.close();
            rig.loop.settle();
            rig.far.reset();
            rig.loop.settle();
            assertEquals(Initiator.NETWORK, rig.protocol.closeInfo.initiator());
        }

        @Test
        void aPeerThatTakesNothing() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            rig.near.refuse();
            ws.post(WsMessage.text("stuck"));
            rig.loop.settle();
            rig.loop.advance(rig.limits.sendTimeout());
            assertEquals(Initiator.TIMEOUT, rig.protocol.closeInfo.initiator());
            assertEquals(WsCloseCode.ABNORMAL, rig.protocol.closeInfo.code());
            assertTrue(rig.near.isClosed());
        }
    }

    @Nested
    class ByViolation {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "81 05 48 65 6c 6c 6f             | 1002 | not masked",
                    "c1 80 00 00 00 00                | 1002 | reserved bit",
                    "83 80 00 00 00 00                | 1002 | reserved opcode",
                    "8b 80 00 00 00 00                | 1002 | reserved control opcode",
                    "80 80 00 00 00 00                | 1002 | nothing to continue",
                    "09 80 00 00 00 00                | 1002 | fragmented ping",
                    "89 fe 00 7e 00 00 00 00          | 1002 | long ping",
                    "88 81 00 00 00 00 03             | 1002 | half a close code",
                    "81 fe 00 05 00 00 00 00          | 1002 | length not in its shortest form",
                    "81 ff 80 00 00 00 00 00 00 00 00 00 00 00 | 1002 | top bit of the length",
                    "81 81 00 00 00 00 ff             | 1007 | not UTF-8",
                    "88 83 00 00 00 00 03 e8 ff       | 1007 | reason not UTF-8",
                    "81 e5 00 00 00 00                | 1009 | beyond the message limit",
                    "82 ff 00 00 01 00 00 00 00 00 00 00 00 00 | 1009 | 2^40 declared, none sent",
                })
        void isToldThenTheServerClosesTheConnection(String frame, int code, String what) {
            rig.open();
            rig.send(WsRig.text("fine"), Frames.hex(frame), WsRig.text("never seen"));
            assertEquals(2, rig.protocol.events.size(), what + ": " + rig.protocol.events);
            assertEquals("text fine", rig.protocol.events.get(0));
            assertTrue(rig.protocol.events.get(1).startsWith("closed PROTOCOL " + code), rig.protocol.events.get(1));
            var sent = rig.sent();
            assertEquals(1, sent.size(), what + ": " + sent);
            assertTrue(sent.get(0).startsWith("CLOSE " + code + " "), sent.get(0));
            rig.assertServerClosed();
        }

        @Test
        void ofTheWholeMessageLimitIs1009() {
            rig.open();
            rig.send(Frames.masked(0x01, "x".repeat(40)), Frames.masked(0x80, "x".repeat(11)));
            assertTrue(rig.sent().get(0).startsWith("CLOSE 1009 "));
            rig.assertServerClosed();
        }

        @Test
        void answersTheMessagesBeforeIt() {
            rig.protocol.at("message", ws -> ws.post(WsMessage.text("answer")));
            rig.open();
            rig.send(WsRig.text("question"), Frames.hex("83 80 00 00 00 00"));
            var sent = rig.sent();
            assertEquals("TEXT answer", sent.get(0));
            assertTrue(sent.get(1).startsWith("CLOSE 1002"), sent.toString());
        }

        @Test
        void whileWeCloseIsNotToldTwice() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            ws.close();
            rig.send(Frames.hex("83 80 00 00 00 00"));
            rig.assertSent("CLOSE 1000");
            assertEquals(Initiator.PROTOCOL, rig.protocol.closeInfo.initiator());
            rig.assertServerClosed();
        }

        @Test
        void endsForAPeerThatNeitherReadsNorCloses() {
            rig.open();
            rig.send(Frames.hex("83 80 00 00 00 00"));
            rig.loop.advance(rig.limits.lingerTimeout());
            assertTrue(rig.near.isClosed());
        }
    }

    @Nested
    class WhilePaused {
        /** A paused connection is not watched for reading: only what is sent tells that nobody is there. */
        @Test
        void isNoticedByThePing() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            ws.pauseRx();
            rig.far.reset();
            rig.loop.advance(ValidityPolicy.DEFAULT.pingAfter().minusSeconds(1));
            rig.assertEvents();
            rig.loop.advance(Duration.ofSeconds(1));
            assertEquals(Initiator.NETWORK, rig.protocol.closeInfo.initiator());
            assertTrue(rig.near.isClosed());
        }

        @Test
        void silenceIsNotThePeersFault() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            ws.pauseRx();
            rig.loop.advance(ValidityPolicy.DEFAULT.pingAfter());
            rig.assertSent("PING");
            rig.loop.advance(ValidityPolicy.DEFAULT.hangUpAfter());
            rig.loop.advance(Duration.ofHours(1));
            assertTrue(ws.isOpen());
            rig.sent();
            ws.resumeRx();
            rig.send(WsRig.text("I am here"));
            rig.assertEvents("text I am here");
        }
    }

    @Nested
    class ByAnException {
        private final IllegalStateException thrown = new IllegalStateException("meant");

        private void assertTold(String... before) {
            String[] all = Arrays.copyOf(before, before.length + 1);
            all[before.length] = "closed CALLBACK 1011 callback threw IllegalStateException";
            rig.assertEvents(all);
            assertSame(thrown, rig.protocol.closeInfo.cause());
            rig.assertSent("CLOSE 1011");
            rig.assertServerClosed();
        }

        private void throwAt(String callback) {
            rig.protocol.at(callback, ws -> {
                throw thrown;
            });
        }

        @Test
        void inOnEstablished() {
            throwAt("established");
            rig.connect();
            rig.ask(WsRig.upgrade("/"));
            assertTold("upgrade /", "established");
        }

        @Test
        void inOnReceive() {
            rig.protocol.takingPieces();
            throwAt("receive");
            rig.open();
            rig.send(WsRig.text("a"), WsRig.text("b"));
            assertTold("whole a");
        }

        @Test
        void inOnMessage() {
            throwAt("message");
            rig.open();
            rig.send(Frames.masked(0x01, "a"), Frames.masked(0x80, "b"), WsRig.text("c"));
            assertTold("text ab");
        }

        @Test
        void inOnWriteable() {
            throwAt("writeable");
            rig.open().requestWriteable();
            rig.loop.settle();
            assertTold("writeable");
        }

        @Test
        void inOnPong() {
            throwAt("pong");
            rig.open();
            rig.send(Frames.masked(0x8a, "x"));
            assertTold("pong x");
        }

        @Test
        void inOnPeerClose() {
            throwAt("peer-close");
            rig.open();
            rig.send(WsRig.close(1000, ""));
            assertTold("peer-close 1000");
        }

        @Test
        void inATask() {
            rig.open().execute(() -> {
                throw thrown;
            });
            rig.loop.settle();
            assertTold();
        }

        @Test
        void inOnClosedChangesNothing() {
            throwAt("closed");
            rig.open();
            rig.send(WsRig.close(1000, ""));
            rig.assertEvents("peer-close 1000", "closed PEER 1000");
            rig.assertServerClosed();
        }

        @Test
        void afterTheProtocolHasClosed() {
            rig.protocol.at("message", ws -> {
                ws.close(4000, "before");
                throw thrown;
            });
            rig.open();
            rig.send(WsRig.text("x"));
            rig.assertSent("CLOSE 4000 before");
            assertSame(thrown, rig.protocol.closeInfo.cause());
            rig.assertServerClosed();
        }

        @Test
        void isToldBehindWhatWasWritten() {
            rig.protocol.onWrite(tx -> {
                tx.text("written");
                throw thrown;
            });
            rig.open().requestWriteable();
            rig.loop.settle();
            rig.assertSent("TEXT written", "CLOSE 1011");
            rig.assertServerClosed();
        }

        @Test
        void toAPeerThatTakesNothingEndsAllTheSame() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            rig.near.refuse();
            throwAt("message");
            ws.ping(ByteBuffer.allocate(1));
            rig.send(WsRig.text("x"));
            assertSame(thrown, rig.protocol.closeInfo.cause());
            rig.loop.advance(rig.limits.sendTimeout());
            assertTrue(rig.near.isClosed());
        }
    }

    @Nested
    class ByTheContext {
        @Test
        void saysGoingAway() {
            rig.open();
            rig.loop.net().drain();
            rig.loop.settle();
            rig.assertSent("CLOSE 1001");
            rig.send(WsRig.close(1001, ""));
            rig.assertEvents("closed LOCAL 1001");
            rig.assertServerClosed();
        }

        @Test
        void beforeTheOpeningWasToldTellsBoth() {
            var connection = rig.connect();
            rig.near.refuse(); // an answer that waits keeps what follows from being told
            rig.far.send(WsRig.upgrade("/"));
            rig.loop.settle();
            rig.loop.net().drain();
            rig.loop.settle();
            rig.near.allow();
            rig.loop.settle();
            rig.head();
            rig.assertSent("CLOSE 1001");
            rig.assertEvents("upgrade /", "established");
            rig.send(WsRig.close(1001, ""));
            rig.assertEvents("closed LOCAL 1001");
            assertEquals(ConnectionPhase.LINGERING, connection.phase());
        }

        @Test
        void cutsAtOnceInTheEnd() {
            rig.open();
            rig.loop.net().cut(CloseInfo.local(0, "cut"));
            rig.loop.settle();
            rig.assertEvents("closed LOCAL 1006 cut");
            assertTrue(rig.near.isClosed());
        }
    }
}
