package io.lws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolOptionsTest {
    private static ProtocolOptions of(String value) {
        return ProtocolOptions.of("key", value);
    }

    @Test
    void givesFallbackForWhatIsAbsent() {
        ProtocolOptions none = ProtocolOptions.NONE;
        assertEquals("x", none.string("key", "x"));
        assertEquals(7, none.integer("key", 7));
        assertTrue(none.bool("key", true));
        assertEquals(Duration.ofSeconds(1), none.millis("key", Duration.ofSeconds(1)));
        assertEquals(List.of(), none.strings("key"));
        assertEquals(0, none.options("key").keys().size());
    }

    @ParameterizedTest
    @CsvSource({
        "true, true",
        "TRUE, true",
        "on, true",
        "yes, true",
        "1, true",
        "42, true",
        "-1, true",
        "' on ', true",
        "false, false",
        "off, false",
        "no, false",
        "0, false",
        "'', false",
        "Off, false"
    })
    void readsBooleansAsTheOriginalDoes(String text, boolean expected) {
        assertEquals(expected, of(text).bool("key", !expected));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-5, -5", "' 17 ', 17", "2147483647, 2147483647"})
    void readsWholeNumbers(String text, int expected) {
        assertEquals(expected, of(text).integer("key", 99));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1.5", "2147483648", "0x10", "1 2"})
    void refusesWhatIsNoWholeNumber(String text) {
        assertNames("key", text, options -> options.integer("key", 0), of(text));
        assertNames("key", text, options -> options.millis("key", Duration.ZERO), of(text));
    }

    @Test
    void refusesNegativeTime() {
        assertNames("key", "-1", options -> options.millis("key", Duration.ZERO), of("-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"maybe", "tru", "1.0"})
    void refusesWhatIsNoBoolean(String text) {
        assertNames("key", text, options -> options.bool("key", true), of(text));
    }

    @Test
    void readsListsAndSingleTextsAsLists() {
        ProtocolOptions options = ProtocolOptions.builder()
                .put("many", List.of("a", "b"))
                .put("one", "c")
                .build();
        assertEquals(List.of("a", "b"), options.strings("many"));
        assertEquals(List.of("c"), options.strings("one"));
        assertNames("many", "[a, b]", each -> each.string("many"), options);
    }

    @Test
    void keepsOrderAndTheLastOfOneName() {
        ProtocolOptions options = ProtocolOptions.builder()
                .put("b", "1")
                .put("a", "2")
                .put("b", "3")
                .build();
        assertEquals(List.of("b", "a"), List.copyOf(options.keys()));
        assertEquals("3", options.string("b"));
    }

    @Test
    void staysAsBuilt() {
        ProtocolOptions.Builder builder = ProtocolOptions.builder().put("a", "1");
        ProtocolOptions options = builder.build();
        builder.put("a", "2");
        assertEquals("1", options.string("a"));
        assertThrows(UnsupportedOperationException.class, () -> options.keys().clear());
    }

    @Test
    void namesTheWholeKeyInErrors() {
        ProtocolOptions inner = ProtocolOptions.of("port", "many");
        ProtocolOptions middle = ProtocolOptions.builder().put("inner", inner).build();
        ProtocolOptions outer =
                ProtocolOptions.builder("vhosts[0].chat").put("middle", middle).build();
        ProtocolOptions found = outer.options("middle").options("inner");
        assertNames("vhosts[0].chat.middle.inner.port", "many", each -> each.integer("port", 0), found);
        assertNames("vhosts[0].chat.middle.inner.host", "", each -> each.string("host"), found);
        assertNames(
                "vhosts[0].chat.other.host", "", each -> each.options("other").string("host"), outer);
        assertNames("vhosts[0].chat.middle", "", each -> each.string("middle"), outer);
        assertNames("vhosts[0].chat.middle", "", each -> each.strings("middle"), outer);
        assertNames("port", "many", each -> each.options("port"), inner);
    }

    private static void assertNames(String key, String value, Consumer<ProtocolOptions> read, ProtocolOptions options) {
        String message = assertThrows(IllegalArgumentException.class, () -> read.accept(options))
                .getMessage();
        assertTrue(message.contains("\"" + key + "\"") && message.contains(value), message);
    }
}
