package io.lws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class LogTest {
    @Test
    void leavesPlainTextAlone() {
        String text = "GET /index.html?q=ä\u20ac HTTP/1.1";
        assertSame(text, Log.escape(text));
        assertSame("", Log.escape(""));
    }

    @Test
    void escapesEveryControlCharacter() {
        for (char c = 0; c < 0x100; c++) {
            String expected = Character.isISOControl(c) ? String.format("a\\x%02xb", (int) c) : "a" + c + "b";
            assertEquals(expected, Log.escape("a" + c + "b"));
        }
    }

    @Test
    void letsNobodyBeginALineOfHisOwn() {
        assertEquals("ok\\x0d\\x0a[admin] logged in\\x1b[2J", Log.escape("ok\r\n[admin] logged in\u001b[2J"));
        assertEquals("a\\x2028b\\x2029c", Log.escape("a\u2028b\u2029c"));
    }
}
