package io.lws.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
    private static final RandomGenerator LEAST = () -> 0;

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "3, 9", "4, 17", "5, 17", "1000000, 17"})
    void waitsLongerEachTimeUpToTheLast(int failures, int seconds) {
        assertEquals(Duration.ofSeconds(seconds).toNanos(), RetryPolicy.DEFAULT.delayNs(failures, LEAST));
    }

    @Test
    void addsUpToAFifth() {
        Random random = new Random(1);
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 10_000; i++) {
            long delayNs = RetryPolicy.DEFAULT.delayNs(4, random);
            least = Math.min(least, delayNs);
            most = Math.max(most, delayNs);
        }
        assertTrue(least >= 17_000_000_000L && least < 17_100_000_000L, "least " + least);
        assertTrue(most <= 20_400_000_000L && most > 20_300_000_000L, "most " + most);
    }

    @Test
    void concealsTheFirstFailuresAndReportsOne() {
        for (int failures = 1; failures < 20; failures++) {
            assertEquals(failures == 5, RetryPolicy.DEFAULT.isReported(failures), "failure " + failures);
            assertFalse(RetryPolicy.DEFAULT.isExhausted(failures));
        }
    }

    @Test
    void givesUp() {
        RetryPolicy twice = new RetryPolicy(List.of(Duration.ofSeconds(1)), 0, 9, 2);
        assertFalse(twice.isExhausted(2));
        assertTrue(twice.isExhausted(3));
        assertTrue(twice.isReported(3), "what is the end is reported, concealed or not");
        assertTrue(RetryPolicy.NEVER.isExhausted(1));
        assertTrue(RetryPolicy.NEVER.isReported(1));
    }

    @Test
    void refusesNonsense() {
        List<Duration> second = List.of(Duration.ofSeconds(1));
        assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(List.of(), 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(List.of(Duration.ZERO), 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(second, 101, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(second, 0, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(second, 0, 0, -1));
    }
}
