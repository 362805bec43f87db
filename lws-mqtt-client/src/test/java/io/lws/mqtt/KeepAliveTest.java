package io.lws.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.policy.ValidityPolicy;
import io.lws.policy.ValidityWatch.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepAliveTest {
    /** Near the counter's end: only differences count. */
    private static final long T0 = Long.MAX_VALUE - 5_000_000_000L;

    private final KeepAlive keepAlive = new KeepAlive(policy(30, 45), T0);

    private static ValidityPolicy policy(long ping, long hangUp) {
        return new ValidityPolicy(Duration.ofSeconds(ping), Duration.ofSeconds(hangUp));
    }

    private static long at(long seconds) {
        return T0 + Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void asksASilentBrokerOnceAndThenGivesItUp() {
        assertEquals(Duration.ofSeconds(30).toNanos(), keepAlive.delayNs(at(0)));
        assertEquals(Step.WAIT, keepAlive.step(at(29), false));
        assertEquals(Step.PING, keepAlive.step(at(30), false));
        keepAlive.onSent(at(30));
        assertEquals(Step.WAIT, keepAlive.step(at(31), false));
        assertEquals(Duration.ofSeconds(14).toNanos(), keepAlive.delayNs(at(31)));
        assertEquals(Step.HANG_UP, keepAlive.step(at(45), false));
    }

    @Test
    void pingsForItsOwnSilenceThoughTheBrokerTalks() {
        keepAlive.onReceived(at(29));
        assertEquals(Step.PING, keepAlive.step(at(30), false));
        keepAlive.onSent(at(30));
        keepAlive.onReceived(at(59));
        assertEquals(Step.WAIT, keepAlive.step(at(59), false));
        assertEquals(Duration.ofSeconds(1).toNanos(), keepAlive.delayNs(at(59)));
    }

    @Test
    void takesTheBrokersWordForOwnSilence() {
        keepAlive.brokerWants(10);
        assertEquals(Duration.ofSeconds(10).toNanos(), keepAlive.delayNs(at(0)));
        assertEquals(Step.PING, keepAlive.step(at(10), false));
    }

    @Test
    void mayBeSilentWhenTheBrokerWantsNothing() {
        keepAlive.brokerWants(0);
        keepAlive.onReceived(at(29));
        assertEquals(Step.WAIT, keepAlive.step(at(58), false));
    }

    @Test
    void blamesNoBrokerItDoesNotListenTo() {
        keepAlive.onSent(at(44));
        assertEquals(Step.WAIT, keepAlive.step(at(45), true));
        assertEquals(Step.WAIT, keepAlive.step(at(73), false));
        assertTrue(keepAlive.delayNs(at(73)) > 0);
    }

    @ParameterizedTest
    @CsvSource({"30, 30", "65535, 65535", "65536, 0", "1, 1"})
    void promisesWhatFitsIntoConnect(long pingAfter, int promised) {
        assertEquals(promised, KeepAlive.seconds(policy(pingAfter, pingAfter + 1)));
    }
}
