package io.lws.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionalTest {
    private static final long EXAMPLE_OF_RFC_9110 = 784_111_777;
    private static final long NOW = 1_700_000_000;
    private static final String OLDER = "Sun, 06 Nov 1994 08:49:36 GMT";
    private static final String SAME = "Sun, 06 Nov 1994 08:49:37 GMT";

    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    void readsAllFormsOfDate(String text) {
        assertEquals(EXAMPLE_OF_RFC_9110, HttpDate.parse(text, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 Nov 1994 08:49:37 CET",
                "Sun, 06 Nov 1994 08:49:37 GMT ",
                "Sun, 06 Nox 1994 08:49:37 GMT",
                "Sun, 06 anF 1994 08:49:37 GMT",
                "Sun, 00 Nov 1994 08:49:37 GMT",
                "Sun, 31 Nov 1994 08:49:37 GMT",
                "Sun, 29 Feb 1995 08:49:37 GMT",
                "Sun, 06 Nov 1994 24:00:00 GMT",
                "Sun, 06 Nov 1994 08:60:37 GMT",
                "Sun, 06 Nov 1994 08:49:61 GMT",
                "Sun, 06 Nov 1994 08-49-37 GMT",
                "Sun, +6 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-9x 08:49:37 GMT",
                "Sun Nov  6 08:49:37 94",
                ",,,,,,,,,,,,,,,,,,,,,,,,,,,,,"
            })
    void doesNotReadWhatIsNoDate(String text) {
        assertEquals(HttpDate.INVALID, HttpDate.parse(text, NOW));
    }

    @Test
    void writesDatesAsTheJdkDoesAndReadsThemBack() {
        DateTimeFormatter jdk = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
        Random random = new Random(6);
        for (int i = 0; i < 20_000; i++) {
            long second = (random.nextLong() >>> 1) % 250_000_000_000L - 60_000_000_000L;
            String text = HttpDate.format(second);
            assertEquals(jdk.format(Instant.ofEpochSecond(second)), text);
            assertEquals(second, HttpDate.parse(text, NOW), text);
        }
    }

    @Test
    void putsTwoDigitYearsWithinFiftyYearsFromNow() {
        assertEquals(
                "2073",
                HttpDate.format(HttpDate.parse("Sunday, 06-Nov-73 08:49:37 GMT", NOW))
                        .substring(12, 16));
        assertEquals(
                "1974",
                HttpDate.format(HttpDate.parse("Sunday, 06-Nov-74 08:49:37 GMT", NOW))
                        .substring(12, 16));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"a\"      | \"a\"                  | true  | true",
                "\"a\"      | *                      | true  | true",
                "\"a\"      | W/\"a\"                | true  | false",
                "W/\"a\"    | \"a\"                  | true  | false",
                "W/\"a\"    | W/\"a\"                | true  | false",
                "\"a\"      | \"b\"                  | false | false",
                "\"a\"      | \"b\", \"a\"           | true  | true",
                "\"a\"      | \"b\" ,,W/\"a\", \"a\" | true  | true",
                "\"a\"      | \"b,\"\"a\"            | true  | true",
                "\"a,b\"    | \"x\", \"a,b\"         | true  | true",
                "\"a\"      | a                      | false | false",
                "\"a\"      | \"a                    | false | false",
                "\"a\"      | \"aa\"                 | false | false",
                "\"a\"      | ''                     | false | false"
            })
    void comparesTags(String tag, String field, boolean weakly, boolean strongly) {
        EntityTag own = tag.startsWith("W/")
                ? EntityTag.weak(tag.substring(3, tag.length() - 1))
                : EntityTag.strong(tag.substring(1, tag.length() - 1));
        assertEquals(tag, own.toString());
        assertEquals(weakly, own.matchesWeakly(field));
        assertEquals(strongly, own.matchesStrongly(field));
    }

    @Test
    void refusesTagThatCannotBeQuoted() {
        assertThrows(IllegalArgumentException.class, () -> EntityTag.strong("a\"b"));
        assertThrows(IllegalArgumentException.class, () -> EntityTag.weak("a\r\nb"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  |                                                           | PROCEED",
                "GET  | if-match: \"e\"                                           | PROCEED",
                "PUT  | if-match: \"x\"                                           | FAILED",
                "GET  | if-match: W/\"e\"                                         | FAILED",
                "PUT  | if-match: *                                               | PROCEED",
                "GET  | if-none-match: \"e\"                                      | NOT_MODIFIED",
                "HEAD | if-none-match: W/\"e\"                                    | NOT_MODIFIED",
                "PUT  | if-none-match: *                                          | FAILED",
                "GET  | if-none-match: \"x\"                                      | PROCEED",
                "GET  | if-modified-since: Sun, 06 Nov 1994 08:49:37 GMT          | NOT_MODIFIED",
                "GET  | if-modified-since: Sun, 06 Nov 1994 08:49:36 GMT          | PROCEED",
                "POST | if-modified-since: Sun, 06 Nov 1994 08:49:37 GMT          | PROCEED",
                "GET  | if-modified-since: yesterday                              | PROCEED",
                "GET  | if-unmodified-since: Sun, 06 Nov 1994 08:49:37 GMT        | PROCEED",
                "PUT  | if-unmodified-since: Sun, 06 Nov 1994 08:49:36 GMT        | FAILED",
                "PUT  | if-unmodified-since: yesterday                            | PROCEED",
                "GET  | if-none-match: \"x\"; if-modified-since: Sun, 06 Nov 1994 08:49:37 GMT   | PROCEED",
                "GET  | if-match: \"e\"; if-unmodified-since: Sun, 06 Nov 1994 08:49:36 GMT      | PROCEED",
                "GET  | if-match: \"x\"; if-none-match: \"e\"                     | FAILED",
                "GET  | if-match: \"e\"; if-none-match: \"e\"                     | NOT_MODIFIED"
            })
    void evaluatesConditionsInOrder(String method, String fields, Preconditions.Outcome outcome) {
        RequestHeaders headers = new FixedHeaders(fields == null ? "" : fields);
        EntityTag etag = EntityTag.strong("e");
        assertEquals(outcome, Preconditions.evaluate(HttpMethod.of(method), headers, etag, EXAMPLE_OF_RFC_9110, NOW));
    }

    @Test
    void appliesRangeOnlyToWhatTheClientHas() {
        EntityTag etag = EntityTag.strong("e");
        String[] applying = {"", "if-range: \"e\"", "if-range: " + SAME};
        for (String fields : applying) {
            assertEquals(
                    true, Preconditions.rangeApplies(new FixedHeaders(fields), etag, EXAMPLE_OF_RFC_9110, NOW), fields);
        }
        String[] not = {"if-range: \"x\"", "if-range: W/\"e\"", "if-range: " + OLDER, "if-range: junk"};
        for (String fields : not) {
            assertEquals(
                    false,
                    Preconditions.rangeApplies(new FixedHeaders(fields), etag, EXAMPLE_OF_RFC_9110, NOW),
                    fields);
        }
        assertEquals(
                false,
                Preconditions.rangeApplies(
                        new FixedHeaders("if-range: " + SAME), etag, EXAMPLE_OF_RFC_9110, EXAMPLE_OF_RFC_9110 + 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-4         | 0-4",
                "bytes=0-0         | 0-0",
                "bytes=5-          | 5-9",
                "bytes=-3          | 7-9",
                "bytes=-30         | 0-9",
                "bytes=0-99        | 0-9",
                "BYTES=0-1         | 0-1",
                "bytes=0-1, 3-4    | 0-1 3-4",
                "bytes=3-4,0-1     | 3-4 0-1",
                "bytes=0-1,20-30   | 0-1",
                "bytes=0-99999999999999999999999 | 0-9",
                "bytes=10-         | UNSATISFIABLE",
                "bytes=20-30,10-10 | UNSATISFIABLE",
                "bytes=-0          | UNSATISFIABLE",
                "bytes=99999999999999999999- | UNSATISFIABLE",
                "bytes=            | WHOLE",
                "bytes=a-b         | WHOLE",
                "bytes=4-1         | WHOLE",
                "bytes=+1-2        | WHOLE",
                "bytes=1           | WHOLE",
                "bytes=-           | WHOLE",
                "bytes=0-1,        | WHOLE",
                "bytes=0-1-2       | WHOLE",
                "bytes=--1         | WHOLE",
                "lines=0-1         | WHOLE",
                "bytes=0-9,0-0     | WHOLE",
                "bytes=0-,0-,0-    | WHOLE",
                "bytes=0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0 | WHOLE"
            })
    void readsRangesOfTenBytes(String field, String expected) {
        ByteRanges ranges = ByteRanges.parse(field, 10);
        List<String> parts = new ArrayList<>();
        ranges.ranges().forEach(range -> parts.add(range.first() + "-" + range.last()));
        String seen = ranges.outcome() == ByteRanges.Outcome.PARTIAL
                ? String.join(" ", parts)
                : ranges.outcome().name();
        assertEquals(expected, seen);
    }

    /** Who adds bytes=0- to everything must not fail on what is empty; one suffix of it is all there is. */
    @ParameterizedTest
    @CsvSource({
        "bytes=0-, WHOLE",
        "bytes=0-499, WHOLE",
        "bytes=-1, WHOLE",
        "'bytes=5-,0-', WHOLE",
        "bytes=x, WHOLE",
        "bytes=1-, UNSATISFIABLE",
        "bytes=-0, UNSATISFIABLE",
        "'bytes=1-1,7-', UNSATISFIABLE"
    })
    void readsRangesOfNothing(String field, ByteRanges.Outcome expected) {
        assertEquals(expected, ByteRanges.parse(field, 0).outcome());
    }

    @Test
    void namesWhatIsSentOfTheWhole() {
        assertEquals("bytes 2-5/10", new ByteRanges.Range(2, 5).contentRange(10));
        assertEquals(4, new ByteRanges.Range(2, 5).lengthBytes());
    }
}
