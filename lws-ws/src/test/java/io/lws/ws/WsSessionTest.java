package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.loop.Interest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An open session: what is read, what is written, and how each holds up the other. */
class WsSessionTest {
    @RegisterExtension
    final WsRig rig = new WsRig();

    private static byte[] begin(String text) {
        return Frames.masked(0x01, text);
    }

    private static byte[] more(String text) {
        return Frames.masked(0x00, text);
    }

    private static byte[] end(String text) {
        return Frames.masked(0x80, text);
    }

    /** Runs {@code step} on another thread and waits for it. */
    private static <T> T elsewhere(Callable<T> step) {
        FutureTask<T> task = new FutureTask<>(step);
        new Thread(task).start();
        try {
            return task.get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Nested
    class Receiving {
        @Test
        void takesPiecesAsTheyCome() {
            rig.protocol.takingPieces();
            rig.open();
            rig.send(begin("a"), more("b"), WsRig.ping("p"), end("c"), WsRig.text("d"));
            rig.assertEvents("first a", "piece b", "last c", "whole d");
            rig.assertSent("PONG p");
        }

        @Test
        void takesALongFrameInPieces() {
            rig.protocol.takingPieces();
            rig.open();
            rig.near.deliverPerRead(8); // a header of 6 bytes and 2 of payload
            rig.send(WsRig.text("ab" + "cdefghij" + "kl"));
            rig.assertEvents("first ab", "piece cdefghij", "last kl");
        }

        @Test
        void putsMessagesTogether() {
            rig.open();
            rig.send(begin("a"), more("b"), WsRig.ping("p"), end("c"), WsRig.text("d"), Frames.masked(0x82, "e"));
            rig.assertEvents("text abc", "text d", "binary e");
            rig.assertSent("PONG p");
        }

        @Test
        void givesEmptyMessages() {
            rig.open();
            rig.send(WsRig.text(""), begin(""), end(""), Frames.masked(0x82, ""));
            rig.assertEvents("text", "text", "binary");
        }

        @Test
        void tellsOfPongs() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            ws.ping(ByteBuffer.wrap(new byte[] {'x'}));
            rig.loop.settle();
            rig.assertSent("PING x");
            rig.send(Frames.masked(0x8a, "x"));
            rig.assertEvents("pong x");
        }

        @Test
        void refusesTooMuchInOnePing() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            assertThrows(IllegalArgumentException.class, () -> ws.ping(ByteBuffer.allocate(126)));
            rig.assertSent();
        }

        @Test
        void pausesInTheMiddleOfABuffer() {
            rig.protocol.at("message", WsSession::pauseRx);
            WsSession<RecordingWs.Pss> ws = rig.open();
            rig.send(WsRig.text("one"), WsRig.text("two"), WsRig.text("three"));
            rig.assertEvents("text one");
            assertEquals(0, rig.near.interest() & Interest.READ, "still watched for reading");
            ws.resumeRx();
            rig.loop.settle();
            rig.assertEvents("text two");
            rig.send(WsRig.text("four"));
            rig.assertEvents();
            rig.protocol.at("message", nothing -> {});
            ws.resumeRx();
            rig.loop.settle();
            rig.assertEvents("text three", "text four");
        }

        @Test
        void pausesInTheMiddleOfAMessage() {
            rig.protocol.takingPieces().at("receive", WsSession::pauseRx);
            WsSession<RecordingWs.Pss> ws = rig.open();
            rig.send(begin("a"), end("b"));
            rig.assertEvents("first a");
            ws.resumeRx();
            ws.resumeRx();
            rig.loop.settle();
            rig.assertEvents("last b");
        }

        @Test
        void resumesFromAnotherThreadOnlyThroughTheLoop() {
            rig.protocol.at("message", WsSession::pauseRx);
            WsSession<RecordingWs.Pss> ws = rig.open();
            rig.send(WsRig.text("one"), WsRig.text("two"));
            elsewhere(() -> assertThrows(IllegalStateException.class, ws::resumeRx));
            elsewhere(() -> {
                ws.execute(ws::resumeRx);
                return null;
            });
            rig.loop.settle();
            rig.assertEvents("text one", "text two");
        }

        @Test
        void noticesTheEndOfTheStreamOnlyBehindWhatIsPaused() {
            rig.protocol.at("message", WsSession::pauseRx);
            WsSession<RecordingWs.Pss> ws = rig.open();
            rig.send(WsRig.text("one"), WsRig.text("two"));
            rig.far.fin();
            rig.loop.settle();
            rig.assertEvents("text one");
            rig.protocol.at("message", nothing -> {});
            ws.resumeRx();
            rig.loop.settle();
            rig.assertEvents("text two", "closed NETWORK 1006 end of stream without close");
        }
    }

    @Nested
    class Choked {
        @Test
        void answersPingsWithinBoundsAndStopsReading() {
            rig.open();
            rig.near.refuse();
            byte[] pings = Frames.join(IntStream.range(0, 100)
                    .mapToObj(i -> WsRig.ping("x".repeat(100)))
                    .toArray(byte[][]::new));
            for (int i = 0; i < 100; i++) {
                rig.far.send(pings);
                rig.loop.settle();
            }
            assertEquals(0, rig.near.interest() & Interest.READ, "goes on reading");
            rig.near.allow();
            rig.loop.settle();
            assertEquals(100 * 100, rig.sent().size(), "every ping has its pong in the end");
        }

        @Test
        void goesOnWritingWhereItStopped() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            rig.near.acceptPerWrite(100);
            List<String> expected = new ArrayList<>();
            rig.protocol.onWrite(tx -> {
                while (tx.isReady() && expected.size() < 300) {
                    String text = "message " + expected.size();
                    expected.add("TEXT " + text);
                    tx.text(text);
                }
                if (expected.size() < 300) {
                    ws.requestWriteable();
                }
            });
            ws.requestWriteable();
            rig.loop.settle();
            assertEquals(expected, rig.sent());
            assertEquals(300, expected.size());
        }
    }

    @Nested
    class Writing {
        private WsSession<RecordingWs.Pss> write(Consumer<WsTx> action) {
            WsSession<RecordingWs.Pss> ws = rig.open();
            rig.protocol.onWrite(action);
            ws.requestWriteable();
            rig.loop.settle();
            return ws;
        }

        private void assertMisuse() {
            assertEquals(
                    IllegalStateException.class,
                    rig.protocol.closeInfo.cause().getClass(),
                    String.valueOf(rig.protocol.closeInfo));
        }

        @Test
        void sendsFragmentsWithTheirPlaces() {
            ByteBuffer ab = ByteBuffer.wrap(Frames.utf8("ab"));
            write(tx -> {
                tx.write(WsOpcode.TEXT, WsPart.FIRST, ab.rewind());
                tx.write(WsOpcode.TEXT, WsPart.MIDDLE, ab.rewind());
                tx.write(WsOpcode.BINARY, WsPart.LAST, ab.rewind());
                tx.write(WsOpcode.BINARY, WsPart.WHOLE, ab.rewind());
            });
            rig.assertSent("TEXT ababab", "BINARY ab");
        }

        @Test
        void sendsWhatIsLongerThanTheGatherBuffer() {
            String megabyte = "0123456789abcdef".repeat(1 << 16);
            write(tx -> tx.text(megabyte));
            rig.assertSent("TEXT " + Frames.Recorder.show(Frames.utf8(megabyte)));
        }

        @Test
        void refusesAMessageInsideAnother() {
            write(tx -> {
                tx.write(WsOpcode.TEXT, WsPart.FIRST, ByteBuffer.allocate(1));
                tx.text("inside");
            });
            assertMisuse();
            rig.assertSent("CLOSE 1011");
        }

        @Test
        void refusesAFragmentWithoutAFirst() {
            write(tx -> tx.write(WsOpcode.TEXT, WsPart.LAST, ByteBuffer.allocate(1)));
            assertMisuse();
        }

        @Test
        void refusesAWriteBehindTheClose() {
            write(tx -> {
                rig.protocol.ws().close();
                tx.text("late");
            });
            assertMisuse();
            rig.assertSent("CLOSE 1000");
        }

        @Test
        void refusesAWriteByAWriterThatWasKept() {
            List<WsTx> kept = new ArrayList<>();
            write(kept::add);
            rig.protocol.onWrite(tx -> {});
            elsewhere(() ->
                    assertThrows(IllegalStateException.class, () -> kept.get(0).text("from elsewhere")));
            rig.assertSent();
        }

        @Test
        void refusesAFragmentThatWasOnlyLent() {
            List<WsFragment> kept = new ArrayList<>();
            rig.protocol.takingPieces();
            WsSession<RecordingWs.Pss> ws = rig.open();
            rig.protocol.onWrite(tx -> kept.get(0).copy());
            rig.protocol.at("receive", session -> kept.add(WsLoop.of(rig.loop.net()).pieces));
            rig.send(WsRig.text("x"));
            ws.requestWriteable();
            rig.loop.settle();
            assertMisuse();
        }
    }

    @Nested
    class Posting {
        @Test
        void keepsTheOrderOfAThread() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            elsewhere(() -> {
                for (int i = 0; i < 100; i++) {
                    assertTrue(ws.post(WsMessage.text("m" + i)));
                }
                return null;
            });
            rig.loop.settle();
            assertEquals(IntStream.range(0, 100).mapToObj(i -> "TEXT m" + i).toList(), rig.sent());
        }

        @Test
        void refusesWhenFullAndTakesAgainLater() {
            rig.limits(WsLimits.builder().postedBytes(100).build());
            WsSession<RecordingWs.Pss> ws = rig.open();
            rig.near.refuse();
            ws.post(WsMessage.text("chokes"));
            rig.loop.settle();
            WsMessage of40 = WsMessage.text("x".repeat(38));
            assertTrue(elsewhere(() -> ws.post(of40)));
            assertTrue(ws.post(of40));
            assertFalse(elsewhere(() -> ws.post(of40)));
            assertFalse(ws.post(of40));
            rig.near.allow();
            rig.loop.settle();
            assertEquals(3, rig.sent().size());
            assertTrue(ws.post(of40));
            rig.loop.settle();
            assertEquals(1, rig.sent().size());
        }

        @Test
        void takesOneHoweverLong() {
            rig.limits(WsLimits.builder().postedBytes(100).build());
            WsSession<RecordingWs.Pss> ws = rig.open();
            assertTrue(ws.post(WsMessage.binary(ByteBuffer.allocate(200_000))));
            rig.loop.settle();
            assertEquals(1, rig.sent().size());
        }

        /** The loop has not heard of it when it begins to close: it was taken, so it goes first. */
        @Test
        void sendsWhatAnotherThreadPostedJustBeforeTheClose() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            assertTrue(elsewhere(() -> ws.post(WsMessage.text("one"))));
            assertTrue(elsewhere(() -> ws.post(WsMessage.text("two"))));
            ws.close();
            assertFalse(elsewhere(() -> ws.post(WsMessage.text("late"))));
            rig.loop.settle();
            rig.assertSent("TEXT one", "TEXT two", "CLOSE 1000");
        }

        @Test
        void sendsWhatAnotherThreadPostedJustBeforeThePeerCloses() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            rig.protocol.at("peer-close", closing -> assertTrue(elsewhere(() -> ws.post(WsMessage.text("last")))));
            rig.send(WsRig.close(1000, ""));
            rig.assertSent("TEXT last", "CLOSE 1000");
            assertFalse(elsewhere(() -> ws.post(WsMessage.text("late"))));
        }

        @Test
        void refusesAfterAViolation() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            rig.protocol.at("closed", closed -> assertFalse(closed.post(WsMessage.text("late"))));
            rig.send(Frames.hex("83 80 00 00 00 00"));
            assertFalse(elsewhere(() -> ws.post(WsMessage.text("later"))));
        }

        @Test
        void refusesOnceClosing() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            ws.close();
            assertFalse(ws.post(WsMessage.text("late")));
            assertFalse(elsewhere(() -> ws.post(WsMessage.text("late"))));
            rig.send(WsRig.close(1000, ""));
            rig.assertServerClosed();
            assertFalse(ws.post(WsMessage.text("later")));
            rig.assertSent("CLOSE 1000");
        }

        @Test
        void waitsForTheEndOfAMessageThatIsBeingWritten() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            ByteBuffer piece = ByteBuffer.wrap(Frames.utf8("p"));
            rig.protocol.onWrite(tx -> tx.write(WsOpcode.TEXT, WsPart.FIRST, piece.rewind()));
            ws.requestWriteable();
            rig.loop.settle();
            ws.post(WsMessage.text("posted"));
            rig.protocol.onWrite(tx -> {});
            rig.loop.settle();
            rig.assertSent();
            rig.protocol.onWrite(tx -> tx.write(WsOpcode.TEXT, WsPart.LAST, piece.rewind()));
            ws.requestWriteable();
            rig.loop.settle();
            rig.assertSent("TEXT pp", "TEXT posted");
        }

        @Test
        void sendsOneMessageToManyTimes() {
            WsSession<RecordingWs.Pss> ws = rig.open();
            WsMessage message = WsMessage.text("again");
            ws.post(message);
            ws.post(message);
            rig.loop.settle();
            rig.assertSent("TEXT again", "TEXT again");
        }
    }
}
