package io.lws.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PacketIdsTest {
    private final PacketIds ids = new PacketIds();

    @Test
    void givesEachOnceAndNeverZero() {
        Set<Integer> given = new HashSet<>();
        for (int i = 1; i <= 65_535; i++) {
            int id = ids.take();
            assertTrue(id >= 1 && id <= 65_535 && given.add(id), "identifier " + id);
        }
        assertEquals(-1, ids.take());
        ids.release(300);
        assertEquals(300, ids.take());
        assertEquals(-1, ids.take());
    }

    /** A late answer to the last use must not be taken for one to the next. */
    @Test
    void usesOneAgainAsLateAsItCan() {
        for (int i = 1; i <= 65_535; i++) {
            assertEquals(i, ids.take());
            ids.release(i);
        }
        assertEquals(1, ids.take());
    }

    @Test
    void goesAroundWhatIsKept() {
        ids.take(1);
        ids.take(3);
        assertEquals(2, ids.take());
        assertEquals(4, ids.take());
    }
}
