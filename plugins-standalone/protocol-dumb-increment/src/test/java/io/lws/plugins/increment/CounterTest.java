package io.lws.plugins.increment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CounterTest {
    @Test
    void writesDecimals() {
        Counter counter = new Counter(1);
        for (int number = 0; number < 12_345; number++) {
            assertEquals(
                    Integer.toString(number),
                    StandardCharsets.US_ASCII.decode(counter.next()).toString());
        }
        counter.reset();
        assertEquals("0", StandardCharsets.US_ASCII.decode(counter.next()).toString());
    }

    @Test
    void hasNothingToSendUnlessTheTimerSaysSo() {
        assertFalse(new Counter(1).takeDue());
    }
}
