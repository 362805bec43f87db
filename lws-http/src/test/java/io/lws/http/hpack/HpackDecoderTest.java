package io.lws.http.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HpackDecoderTest {
    private static final int ENOUGH = 1 << 16;

    private final HpackDecoder decoder = new HpackDecoder();

    static ByteBuffer hex(String digits) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    private List<String> decode(String block) {
        return decode(decoder, hex(block), ENOUGH);
    }

    static List<String> decode(HpackDecoder decoder, ByteBuffer block, int maxListBytes) {
        List<String> fields = new ArrayList<>();
        decoder.decode(block, maxListBytes, field -> fields.add(field.toString()));
        return fields;
    }

    private int errorOf(String block) {
        return assertThrows(ProtocolException.class, () -> decode(block)).code();
    }

    /** RFC 7541 C.2. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572 | custom-key: custom-header | 55",
                "040c 2f73 616d 706c 652f 7061 7468 | :path: /sample/path | 0",
                "1008 7061 7373 776f 7264 0673 6563 7265 74 | password: secret | 0",
                "82 | :method: GET | 0"
            })
    void readsEachRepresentation(String block, String field, int tableBytes) {
        assertEquals(List.of(field), decode(block));
        assertEquals(tableBytes, decoder.tableBytes());
    }

    /** RFC 7541 6.2: only the third kind of literal binds whoever sends the field on. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1008 7061 7373 776f 7264 0673 6563 7265 74 | true",
                "1f09 0673 6563 7265 74 | true",
                "0008 7061 7373 776f 7264 0673 6563 7265 74 | false",
                "4008 7061 7373 776f 7264 0673 6563 7265 74 | false",
                "5006 7365 6372 6574 | false",
                "82 | false"
            })
    void tellsSecretsFromOtherLiterals(String block, boolean secret) {
        List<Boolean> seen = new ArrayList<>();
        decoder.decode(hex(block), ENOUGH, field -> seen.add(field.isSecret()));
        assertEquals(List.of(secret), seen);
    }

    /** RFC 7541 C.3 without Huffman, C.4 with. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d | 8286 84be 5808 6e6f 2d63 6163 6865"
                        + " | 8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65",
                "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff | 8286 84be 5886 a8eb 1064 9cbf"
                        + " | 8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"
            })
    void readsRequestsOfOneConnection(String first, String second, String third) {
        assertEquals(
                List.of(":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com"), decode(first));
        assertEquals(57, decoder.tableBytes());
        assertEquals(
                List.of(
                        ":method: GET",
                        ":scheme: http",
                        ":path: /",
                        ":authority: www.example.com",
                        "cache-control: no-cache"),
                decode(second));
        assertEquals(110, decoder.tableBytes());
        assertEquals(
                List.of(
                        ":method: GET",
                        ":scheme: https",
                        ":path: /index.html",
                        ":authority: www.example.com",
                        "custom-key: custom-value"),
                decode(third));
        assertEquals(164, decoder.tableBytes());
    }

    /** RFC 7541 C.5 without Huffman, C.6 with: a table of 256 octets, so that entries are evicted. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32"
                        + " 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d"
                        + " | 4803 3330 37c1 c0bf"
                        + " | 88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04"
                        + " 677a 6970 7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745 4f49 553b"
                        + " 206d 6178 2d61 6765 3d33 3630 303b 2076 6572 7369 6f6e 3d31",
                "4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad"
                        + " 1718 63c7 8f0b 97c8 e9ae 82ae 43d3"
                        + " | 4883 640e ffc1 c0bf"
                        + " | 88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7"
                        + " 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed"
                        + " 4ee5 b106 3d50 07"
            })
    void readsAnswersWithEviction(String first, String second, String third) {
        decoder.allowTable(256);
        String date21 = "date: Mon, 21 Oct 2013 20:13:21 GMT";
        String location = "location: https://www.example.com";
        assertEquals(List.of(":status: 302", "cache-control: private", date21, location), decode("3fe101" + first));
        assertEquals(222, decoder.tableBytes());
        assertEquals(List.of(":status: 307", "cache-control: private", date21, location), decode(second));
        assertEquals(222, decoder.tableBytes());
        assertEquals(
                List.of(
                        ":status: 200",
                        "cache-control: private",
                        "date: Mon, 21 Oct 2013 20:13:22 GMT",
                        location,
                        "content-encoding: gzip",
                        "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1"),
                decode(third));
        assertEquals(215, decoder.tableBytes());
    }

    @ParameterizedTest
    @CsvSource({
        "80, index 0",
        "be, an index behind the static table while the dynamic one is empty",
        "ff80, an integer cut short",
        "ffffffffffff7f, an integer longer than any index",
        "7f80808080808000, an integer with needless zeroes",
        "00, a literal without a name",
        "0003 6161, a name longer than the block",
        "0001 61, a literal without a value",
        "0001 6105 62, a value longer than the block",
        "7e01 61, a name at an index that is not there",
        "82 20, a resize behind a field",
        "3fe21f, a table larger than allowed",
        "0001 6184 ffffffff, EOS in a string",
        "0001 6181 00, padding of zeroes",
        "0001 6182 1fff, padding of a whole octet"
    })
    void refusesAs(String block, String what) {
        assertEquals(HpackDecoder.COMPRESSION_ERROR, errorOf(block), what);
    }

    @Test
    void refusesEveryBlockThatIsCutInsideAField() {
        String block = "400a637573746f6d2d6b65790d637573746f6d2d686561646572";
        for (int end = 2; end < block.length(); end += 2) {
            String cut = block.substring(0, end);
            HpackDecoder fresh = new HpackDecoder();
            assertThrows(ProtocolException.class, () -> decode(fresh, hex(cut), ENOUGH), "cut at " + end);
        }
    }

    @Test
    void wantsTheTableMadeSmallerOnceTheSettingsAreAcknowledged() {
        decoder.allowTable(100);
        assertEquals(HpackDecoder.COMPRESSION_ERROR, errorOf("82"));
    }

    @Test
    void takesTwoResizesInARow() {
        assertEquals(List.of(":method: GET"), decode("20 3fe11f 82"));
    }

    @Test
    void emptiesTheTableForAFieldLongerThanIt() {
        decode("4001 6101 62");
        assertEquals(34, decoder.tableBytes());
        decode("3f01 4001 6101 62"); // 32 octets: nothing fits any more
        assertEquals(0, decoder.tableBytes());
    }

    @Test
    void tellsTheSizeOfAListAndHandsOnOnlyWhatIsAllowed() {
        HpackDecoder fresh = new HpackDecoder();
        List<String> fields = new ArrayList<>();
        long size = fresh.decode(hex("82 82 82 82"), 100, field -> fields.add(field.toString()));
        assertEquals(4 * 42, size);
        assertEquals(List.of(":method: GET", ":method: GET"), fields);
    }

    @Test
    void expandsABombWithoutKeepingIt() {
        byte[] block = new byte[4 + 4000 + 16384];
        ByteBuffer out = ByteBuffer.wrap(block);
        out.put((byte) 0x40).put((byte) 1).put((byte) 'a').put((byte) 0x7f).put((byte) (4000 - 127 & 0x7f | 0x80));
        out.put((byte) (4000 - 127 >> 7)).position(out.position() + 4000);
        while (out.hasRemaining()) {
            out.put((byte) 0xbe);
        }
        int[] told = {0};
        long size = decoder.decode(out.flip(), 16 << 10, field -> told[0]++);
        assertTrue(size > 60L << 20, "expands to " + size);
        assertEquals(4, told[0]);
        assertEquals(4033, decoder.tableBytes());
    }

    @Test
    void givesTheSameObjectForWhatIsInTheTable() {
        List<HeaderField> fields = new ArrayList<>();
        decoder.decode(hex("4001 6101 62 be"), ENOUGH, fields::add);
        assertTrue(fields.get(0) == fields.get(1));
    }

    @ParameterizedTest
    @CsvSource({
        "a, b, true",
        ":path, /, true",
        "a, '', true",
        "a, b\tc, true",
        "A, b, false",
        "a b, c, false",
        "'a:', b, false",
        "':', b, false",
        "'', b, false",
        "a, ' b', false",
        "a, 'b\t', false"
    })
    void knowsWhatIsLegalInAField(String name, String value, boolean legal) {
        assertEquals(legal, new HeaderField(name, value).isLegal());
    }

    @Test
    void knowsThatNoControlCharacterIsLegal() {
        for (char c = 0; c < ' '; c++) {
            if (c != '\t') {
                assertFalse(new HeaderField("a", "b" + c + "c").isLegal(), "value with " + (int) c);
            }
            assertFalse(new HeaderField("a" + c, "b").isLegal(), "name with " + (int) c);
        }
    }
}
