package io.lws.ws;

import static io.lws.ws.Frames.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.ProtocolException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WsFragmentTest {
    private static final int WHOLE_TEXT = WsPiece.WHOLE | WsPiece.FRAME_END | WsWire.TEXT;

    private final WsFragmentPool pool = new WsFragmentPool(1 << 20);
    private final WsFragment lender = WsFragment.lender(pool);

    static List<Consumer<WsFragment>> uses() {
        return List.of(
                WsFragment::isText,
                WsFragment::isBinary,
                WsFragment::opcode,
                WsFragment::isFirst,
                WsFragment::isFinal,
                WsFragment::isWhole,
                WsFragment::lengthBytes,
                WsFragment::payload,
                WsFragment::text,
                WsFragment::copy,
                WsFragment::toMessage,
                fragment -> fragment.spend(new WsFragmentPool(0)));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void refusesUseAfterTheLoan(Consumer<WsFragment> use) {
        WsFragment rx = lend("gone", WHOLE_TEXT);
        rx.revoke();
        assertThrows(IllegalStateException.class, () -> use.accept(rx));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void refusesUseAfterItIsSpent(Consumer<WsFragment> use) {
        WsFragment copy = lend("gone", WHOLE_TEXT).copy();
        copy.spend(pool);
        assertThrows(IllegalStateException.class, () -> use.accept(copy));
    }

    @Test
    void refusesToSpendWhatIsLent() {
        assertThrows(IllegalStateException.class, () -> lend("x", WHOLE_TEXT).spend(pool));
    }

    @Test
    void copyOutlivesTheLoan() {
        ByteBuffer in = ByteBuffer.allocateDirect(20).put(2, utf8("text"));
        WsFragment copy = lender.lend(in, 2, 6, WHOLE_TEXT).copy();
        lender.revoke();
        in.put(2, utf8("else"));
        assertEquals("text", copy.text());
        assertEquals(4, copy.lengthBytes());
        assertEquals(ByteBuffer.wrap(utf8("text")), copy.payload());
        assertEquals("text", copy.copy().text());
    }

    @Test
    void payloadStartsAnewEachTimeAndTheBufferIsPutBack() {
        ByteBuffer in = ByteBuffer.wrap(utf8("..ab..")).position(4).limit(5);
        WsFragment rx = lender.lend(in, 2, 4, WHOLE_TEXT);
        assertEquals('a', rx.payload().get());
        assertEquals('a', rx.payload().get());
        rx.payload().clear();
        rx.revoke();
        assertEquals(4, in.position());
        assertEquals(5, in.limit());
    }

    @Test
    void messageIsIndependentAndOnlyWhole() {
        WsMessage message = lend("héllo", WHOLE_TEXT).toMessage();
        lender.revoke();
        assertEquals("héllo", message.text());
        assertEquals(WsOpcode.TEXT, message.opcode());
        assertEquals(6, message.lengthBytes());
        assertEquals("héllo", WsMessage.text("héllo").text());
        assertThrows(
                IllegalStateException.class,
                () -> lend("a", WsWire.TEXT | WsPiece.FIRST).toMessage());
        assertThrows(
                IllegalStateException.class,
                () -> lend("a", WsWire.TEXT | WsPiece.FINAL).toMessage());
    }

    @Test
    void poolGivesMemoryOutAgain() {
        WsFragment first = lend("a".repeat(65), WHOLE_TEXT).copy();
        assertEquals(0, pool.heldBytes());
        first.spend(pool);
        assertEquals(128, pool.heldBytes());
        assertNotSame(first, lend("a".repeat(129), WHOLE_TEXT).copy());
        assertSame(first, lend("b".repeat(128), WHOLE_TEXT).copy());
        assertEquals(0, pool.heldBytes());
    }

    @Test
    void poolHoldsNoMoreThanItMay() {
        WsFragmentPool small = new WsFragmentPool(1000);
        for (int i = 0; i < 20; i++) {
            lend("a".repeat(300), WHOLE_TEXT).copy().spend(small);
        }
        assertEquals(512, small.heldBytes());
        WsFragment huge =
                lend("a".repeat(WsFragmentPool.LARGEST_BYTES + 1), WHOLE_TEXT).copy();
        huge.spend(pool);
        assertEquals(0, pool.heldBytes());
    }

    @Test
    void poolHasRoomInEverySizeClass() {
        for (int length = 0; length <= WsFragmentPool.LARGEST_BYTES; length += length < 300 ? 1 : 251) {
            WsFragment spare = pool.take(length);
            assertEquals(true, spare.capacityBytes() >= length);
            assertEquals(true, spare.capacityBytes() < Math.max(65, 2 * length));
            pool.give(spare);
            assertSame(spare, pool.take(length));
        }
    }

    @Test
    void assemblesWholeMessages() {
        WsAssembly assembly = new WsAssembly(pool, 1000);
        for (int round = 0; round < 2; round++) {
            assertEquals(null, add(assembly, "ab", WsPiece.FIRST | WsWire.TEXT));
            assertEquals(null, add(assembly, "c".repeat(300), WsWire.TEXT));
            assertEquals(null, add(assembly, "", WsPiece.FRAME_END | WsWire.TEXT));
            WsFragment whole = add(assembly, "d", WsPiece.FINAL | WsPiece.FRAME_END | WsWire.TEXT);
            assertEquals("ab" + "c".repeat(300) + "d", whole.text());
            assertEquals(true, whole.isWhole());
            assertEquals(true, whole.isText());
            assembly.done(lender);
            assertEquals(64 + 512, pool.heldBytes());
        }
    }

    @Test
    void showsAMessageOfOnePieceWhereItLies() {
        WsAssembly assembly = new WsAssembly(pool, 4);
        ByteBuffer in = ByteBuffer.wrap(utf8("abcd")).position(4);
        assertEquals(
                in.array(), assembly.add(lender, in, 0, 4, WHOLE_TEXT).payload().array());
        assembly.done(lender);
        assertEquals(0, pool.heldBytes());
    }

    @Test
    void refusesToAssembleBeyondTheLimit() {
        WsAssembly assembly = new WsAssembly(pool, 4);
        assertTooBig(() -> add(assembly, "abcde", WHOLE_TEXT));
        add(assembly, "abcd", WsPiece.FIRST | WsWire.TEXT);
        assertTooBig(() -> add(assembly, "e", WsPiece.FINAL | WsWire.TEXT));
        assertEquals(64, pool.heldBytes());
    }

    private static void assertTooBig(Runnable add) {
        assertEquals(
                WsCloseCode.TOO_BIG,
                assertThrows(ProtocolException.class, add::run).code());
    }

    private WsFragment add(WsAssembly assembly, String text, int piece) {
        byte[] bytes = utf8(text);
        return assembly.add(lender, ByteBuffer.wrap(bytes), 0, bytes.length, piece);
    }

    private WsFragment lend(String text, int piece) {
        byte[] bytes = utf8(text);
        return lender.lend(ByteBuffer.wrap(bytes), 0, bytes.length, piece);
    }
}
