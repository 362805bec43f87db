package io.lws.ws.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDeflateTest {
    private static final DeflateTerms WIDE = new DeflateTerms(ContextTakeover.KEPT, 15);
    private static final DeflateTerms ALONE = new DeflateTerms(ContextTakeover.NONE, 15);
    private static final int ROOM = 256;

    private final InflaterPool inflaters = new InflaterPool();
    private final DeflaterPool deflaters = new DeflaterPool(6, 2);
    private long nowNs;

    /** Wire images of messages in order, each with the text that comes out. */
    static Stream<Arguments> legal() {
        return Stream.of(
                arguments("RFC 7692 7.2.3.1", List.of("f248cdc9c90700"), List.of("Hello")),
                arguments("RFC 7692 7.2.3.2", List.of("f248cdc9c90700", "f200110000"), List.of("Hello", "Hello")),
                arguments("RFC 7692 7.2.3.3, stored", List.of("000500faff48656c6c6f00"), List.of("Hello")),
                arguments("RFC 7692 7.2.3.4, final block", List.of("f348cdc9c9070000"), List.of("Hello")),
                arguments("RFC 7692 7.2.3.5, two blocks", List.of("f248050000 00ffffcac9c90700"), List.of("Hello")),
                arguments("RFC 7692 7.2.3.6, empty", List.of("00"), List.of("")),
                arguments("empty fixed block", List.of("0200"), List.of("")),
                arguments("final block without the empty one behind it", List.of("f348cdc9c90700"), List.of("Hello")),
                arguments(
                        "a message refers to one that ended its stream",
                        List.of("f348cdc9c9070000", "f200110000"),
                        List.of("Hello", "Hello")),
                arguments(
                        "two streams in one message",
                        List.of("f348cdc9c90700" + "f248cdc9c90700"),
                        List.of("HelloHello")),
                arguments(
                        "an empty message between two that belong together",
                        List.of("f248cdc9c90700", "00", "f200110000"),
                        List.of("Hello", "", "Hello")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("legal")
    void inflates(String name, List<String> wire, List<String> texts) throws DataFormatException {
        for (int room : new int[] {1, 2, 5, 6, 64}) {
            MessageInflater inflater = new MessageInflater(WIDE, inflaters);
            for (int i = 0; i < wire.size(); i++) {
                byte[] message = hex(wire.get(i));
                assertEquals(texts.get(i), text(inflate(inflater, message, message.length, room)), "room " + room);
                assertFalse(inflater.isBusy());
            }
            for (int cut = 1; cut <= wire.get(0).length() / 2; cut++) {
                byte[] message = hex(wire.get(0));
                MessageInflater fresh = new MessageInflater(WIDE, inflaters);
                assertEquals(texts.get(0), text(inflate(fresh, message, cut, room)), "pieces of " + cut);
            }
        }
        assertEquals(0, inflaters.lent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "07", // a block of the kind that does not exist
                "f248cdc9c9", // ends inside a block
                "000500faff48656c", // ends inside a stored block
                "000500fafe48656c6c6f00", // length and its complement differ
                "f200110000", // refers to what was never there
                "ffffffffffffffff",
                "4b4a4a02010000ffff" // text where a block must begin
            })
    void refusesWhatIsNotDeflate(String wire) {
        byte[] message = hex(wire);
        for (int pieceBytes = 1; pieceBytes <= message.length; pieceBytes++) {
            MessageInflater inflater = new MessageInflater(WIDE, inflaters);
            int each = pieceBytes;
            assertThrows(DataFormatException.class, () -> inflate(inflater, message, each, 32));
            inflater.end();
        }
        assertEquals(0, inflaters.lent());
    }

    @Test
    void forgetsEarlierMessagesWhereTheyMayNotBeReferredTo() throws DataFormatException {
        MessageInflater inflater = new MessageInflater(ALONE, inflaters);
        inflate(inflater, hex("f248cdc9c90700"), 99, ROOM);
        assertEquals(0, inflater.windowBytes());
        assertThrows(DataFormatException.class, () -> inflate(inflater, hex("f200110000"), 99, ROOM));
    }

    @Test
    void holdsNoMoreThanTheWindowBetweenMessages() throws DataFormatException {
        DeflateTerms small = new DeflateTerms(ContextTakeover.KEPT, 10);
        MessageInflater inflater = new MessageInflater(small, inflaters);
        MessageDeflater deflater = new MessageDeflater(small, deflaters);
        inflate(inflater, deflate(deflater, noise(5000), 5000, ROOM), 5000, ROOM);
        assertEquals(1024, inflater.windowBytes());
    }

    /** Sizes around what blocks, windows and the room of a step hold, for all that can be agreed on. */
    @ParameterizedTest
    @ValueSource(ints = {8, 9, 12, 15})
    void roundTrips(int windowBits) throws DataFormatException {
        for (ContextTakeover takeover : ContextTakeover.values()) {
            DeflateTerms terms = new DeflateTerms(takeover, windowBits);
            MessageInflater inflater = new MessageInflater(terms, inflaters);
            MessageDeflater deflater = new MessageDeflater(terms, deflaters);
            for (int length : new int[] {0, 1, 2, 63, 64, 65, 255, 256, 257, 511, 512, 513, 4096, 40_000, 70_000}) {
                for (byte[] message : List.of(noise(length), words(length), new byte[length])) {
                    byte[] wire = deflate(deflater, message, 1 + length / 3, ROOM);
                    assertArrayEquals(message, inflate(inflater, wire, 1 + wire.length / 3, ROOM));
                }
            }
            deflater.end();
        }
        assertEquals(0, deflaters.lent());
        assertEquals(0, inflaters.lent());
    }

    /** Each room makes the output end at another byte of a frame's, the exact fit and the cut tail included. */
    @Test
    void fillsAnyRoom() throws DataFormatException {
        byte[] message = noise(300);
        for (int room = MessageDeflater.MIN_ROOM_BYTES; room < 330; room++) {
            MessageDeflater deflater = new MessageDeflater(WIDE, deflaters);
            byte[] wire = deflate(deflater, message, 300, room);
            assertArrayEquals(message, inflate(new MessageInflater(WIDE, inflaters), wire, 7, room), "room " + room);
            deflater.end();
        }
    }

    @Test
    void refersToEarlierMessagesWhereItMay() {
        byte[] message = noise(500);
        MessageDeflater keeping = new MessageDeflater(WIDE, deflaters);
        MessageDeflater alone = new MessageDeflater(ALONE, deflaters);
        deflate(keeping, message, 500, ROOM);
        deflate(alone, message, 500, ROOM);
        assertTrue(deflate(keeping, message, 500, ROOM).length < 20);
        assertTrue(deflate(alone, message, 500, ROOM).length > 500);
    }

    /** The third takes the deflater of whoever compressed longest ago, who then begins anew, unnoticed. */
    @Test
    void sharesFewDeflatersAmongMany() throws DataFormatException {
        MessageDeflater[] senders = new MessageDeflater[3];
        MessageInflater[] receivers = new MessageInflater[3];
        for (int i = 0; i < 3; i++) {
            senders[i] = new MessageDeflater(WIDE, deflaters);
            receivers[i] = new MessageInflater(WIDE, inflaters);
        }
        byte[] message = noise(100);
        for (int i : new int[] {0, 1, 2, 0, 0, 1, 2, 2, 1, 0}) {
            nowNs++;
            byte[] wire = deflate(senders[i], message, 30, ROOM);
            assertArrayEquals(message, inflate(receivers[i], wire, 99, ROOM));
            assertTrue(deflaters.lent() <= 2);
        }
        deflaters.takeBackUnusedSince(nowNs);
        assertEquals(1, deflaters.lent());
        deflaters.takeBackUnusedSince(nowNs + 1);
        assertEquals(0, deflaters.lent());
    }

    @Test
    void survivesNoise() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] wire = new byte[1 + random.nextInt(60)];
            random.nextBytes(wire);
            MessageInflater inflater = new MessageInflater(WIDE, inflaters);
            try {
                inflate(inflater, wire, 1 + random.nextInt(wire.length), 1 + random.nextInt(99));
            } catch (DataFormatException expected) {
                inflater.end();
            }
        }
        assertEquals(0, inflaters.lent());
    }

    @Test
    void countsWorkThatNoOutputShows() throws DataFormatException {
        MessageInflater inflater = new MessageInflater(WIDE, inflaters);
        inflate(inflater, deflate(new MessageDeflater(WIDE, deflaters), noise(32 << 10), 40_000, ROOM), 40_000, ROOM);
        byte[] finals = hex("0300".repeat(10));
        inflater.feed(ByteBuffer.wrap(finals), End.OF_PIECE);
        int workBytes = 0;
        ByteBuffer out = ByteBuffer.allocate(ROOM);
        while (inflater.isBusy()) {
            workBytes += inflater.inflate(out);
        }
        assertEquals(0, out.position());
        assertTrue(workBytes >= 10 * (32 << 10), () -> "empty streams that cost a window each: it is the window again");
        inflater.end();
    }

    private byte[] deflate(MessageDeflater deflater, byte[] message, int pieceBytes, int room) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        int from = 0;
        do {
            int to = Math.min(message.length, from + pieceBytes);
            End end = to == message.length ? End.OF_MESSAGE : End.OF_PIECE;
            deflater.begin(ByteBuffer.wrap(message, from, to - from), end, nowNs);
            boolean all;
            do {
                ByteBuffer out = ByteBuffer.allocateDirect(room);
                all = deflater.deflate(out);
                take(out, wire);
            } while (!all);
            from = to;
        } while (from < message.length);
        return wire.toByteArray();
    }

    private static byte[] inflate(MessageInflater inflater, byte[] wire, int pieceBytes, int room)
            throws DataFormatException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (int from = 0; from < wire.length; from += pieceBytes) {
            int to = Math.min(wire.length, from + pieceBytes);
            ByteBuffer in = ByteBuffer.allocateDirect(to - from + 3);
            in.put(3, wire, from, to - from);
            ByteBuffer piece = in.slice(3, to - from);
            inflater.feed(piece, to == wire.length ? End.OF_MESSAGE : End.OF_PIECE);
            ByteBuffer out = ByteBuffer.allocate(room);
            inflater.inflate(out);
            take(out, message);
            inflater.goOnWith(ByteBuffer.allocate(piece.remaining()).put(piece).flip());
            in.put(0, new byte[in.capacity()]);
            while (inflater.isBusy()) {
                inflater.inflate(out.clear());
                take(out, message);
            }
        }
        return message.toByteArray();
    }

    private static void take(ByteBuffer out, ByteArrayOutputStream into) {
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        into.writeBytes(bytes);
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] words(int length) {
        return "the quick brown fox jumps over the lazy dog. "
                .repeat(1 + length / 45)
                .substring(0, length)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hex(String spaced) {
        return HexFormat.of().parseHex(spaced.replace(" ", ""));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
