package io.lws.plugins.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateKeeperTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // lives, renewed before its end, age, is due
        "90, 30, 59, false",
        "90, 30, 61, true",
        "90, 10, 79, false",
        "90, 10, 81, true",
        "6, 30, 3, false",
        "6, 30, 5, true",
        "90, 30, 120, true"
    })
    void renewsInTime(int livesDays, int renewDays, int ageDays, boolean due) {
        assertEquals(
                due,
                CertificateKeeper.isDue(
                        FROM,
                        FROM.plus(Duration.ofDays(livesDays)),
                        Duration.ofDays(renewDays),
                        FROM.plus(Duration.ofDays(ageDays))));
    }

    @Test
    void waitsLongerAfterEachFailure() {
        assertTrue(CertificateKeeper.retryAfter(0).compareTo(Duration.ofSeconds(60)) >= 0);
        assertTrue(CertificateKeeper.retryAfter(0).compareTo(Duration.ofSeconds(70)) <= 0);
        assertTrue(CertificateKeeper.retryAfter(3).compareTo(Duration.ofMinutes(8)) >= 0);
        assertTrue(CertificateKeeper.retryAfter(1_000).compareTo(Duration.ofHours(7)) < 0);
    }
}
