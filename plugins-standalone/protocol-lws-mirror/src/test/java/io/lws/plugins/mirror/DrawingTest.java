package io.lws.plugins.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrawingTest {
    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clear;",
                "d #ff0000 1 2 3 4;",
                "d #FF0a00 -1 -22 -333 -4444;",
                "d #ff0000 1 2 3 4 12;",
                "c #00ff00 800 600 9999;",
                "c #00ff00 -80 60 10 1;",
                "d #ff0000 1 2 3 4;c #00ff00 1 2 3;clear;",
                "d #ff0000 1 2 3 4",
                "clear",
            })
    void takesCommands(String message) {
        assertTrue(Drawing.isClean(utf8(message)));
        ByteBuffer purged = utf8(message);
        assertEquals(0, Drawing.purge(purged));
        assertEquals(utf8(message), purged);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";",
                "clear ;",
                "clears;",
                "d;",
                "d #ff000 1 2 3 4;",
                "d #ff000g 1 2 3 4;",
                "d ff0000 1 2 3 4;",
                "d #ff0000 1 2 3;",
                "d #ff0000 1 2 3 4 5 6;",
                "d #ff0000 1 2 3 4 100;",
                "d #ff0000 1 2 3 12345;",
                "d #ff0000 1 2 3 --4;",
                "d #ff0000  1 2 3 4;",
                "d #ff0000 1 2 3 4 ;",
                "d #ff0000 1 2 3 -;",
                "d #ff0000 1 2 3 4 -1;",
                "c #ff0000 1 2 -3;",
                "e #ff0000 1 2 3 4;",
                "<script>;",
                "d #ff0000 1 2 3 \u0664;",
            })
    void refusesWhatIsNoCommand(String message) {
        assertFalse(Drawing.isClean(utf8(message)));
        ByteBuffer purged = utf8(message);
        assertEquals(1, Drawing.purge(purged));
        assertFalse(purged.hasRemaining());
    }

    @ParameterizedTest
    @CsvSource({
        "clear;bad;d #ff0000 1 2 3 4;, clear;d #ff0000 1 2 3 4;, 1",
        "bad;clear;;worse;c #ff0000 1 2 3;, clear;c #ff0000 1 2 3;, 3",
        "clear;bad, clear;, 1",
    })
    void keepsTheGoodCommands(String message, String kept, int dropped) {
        ByteBuffer purged = utf8(message);
        assertEquals(dropped, Drawing.purge(purged));
        assertEquals(utf8(kept), purged);
    }

    @ParameterizedTest
    @CsvSource({
        "clear;, true",
        "clear, true",
        "d #ff0000 1 2 3 4;clear;, true",
        "clear;d #ff0000 1 2 3 4;, false",
        "d #ff0000 1 2 3 4;, false",
    })
    void knowsAnEmptyBoard(String message, boolean empty) {
        assertEquals(empty, Drawing.endsWithClear(utf8(message)));
    }
}
