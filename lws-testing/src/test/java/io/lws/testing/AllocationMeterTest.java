package io.lws.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AllocationMeterTest {
    private byte[] kept = {};

    @Test
    void countsWhatIsAllocatedBetweenTwoReadings() {
        long before = AllocationMeter.allocatedBytes();
        kept = new byte[10_000];
        long allocatedBytes = AllocationMeter.allocatedBytes() - before;
        assertTrue(allocatedBytes >= kept.length, allocatedBytes + " B");
    }

    @Test
    void allocatesNothingItself() {
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 10; attempt++) {
            least = Math.min(least, -AllocationMeter.allocatedBytes() + AllocationMeter.allocatedBytes());
        }
        assertEquals(0, least);
    }
}
