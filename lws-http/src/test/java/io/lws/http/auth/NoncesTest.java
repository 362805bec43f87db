package io.lws.http.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.http.auth.Nonces.Use;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a nonce is worth, whatever number the clock shows: the JDK promises nothing of where it begins. */
class NoncesTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int MAX_USED = 4096;

    private final AtomicLong clock = new AtomicLong();

    private Nonces at(long nowNs) {
        clock.set(nowNs);
        return new Nonces(Duration.ofSeconds(60), clock::get);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -30 * SECOND_NS, Long.MIN_VALUE, Long.MAX_VALUE - 30 * SECOND_NS, Long.MAX_VALUE})
    void areGoodForTheirTimeAndEachCountOnce(long nowNs) {
        Nonces nonces = at(nowNs);
        String nonce = nonces.make();
        assertEquals(Use.FRESH, nonces.use(nonce, "00000001"));
        assertEquals(Use.STALE, nonces.use(nonce, "00000001"));
        clock.addAndGet(60 * SECOND_NS);
        assertEquals(Use.FRESH, nonces.use(nonce, "0000000a"));
        clock.addAndGet(1);
        assertEquals(Use.STALE, nonces.use(nonce, "0000000b"));
        assertEquals(Use.UNKNOWN, at(nowNs).use(nonce, "00000001"));
    }

    /** The one used first is forgotten, and with it all that were made before: none of them may be used once more. */
    @ParameterizedTest
    @ValueSource(longs = {0, Long.MIN_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE - MAX_USED / 2})
    void areNotAcceptedAgainOnceForgotten(long nowNs) {
        Nonces nonces = at(nowNs);
        String unused = nonces.make();
        clock.incrementAndGet();
        String first = nonces.make();
        assertEquals(Use.FRESH, nonces.use(first, "00000001"));
        for (int i = 0; i < MAX_USED; i++) {
            clock.incrementAndGet();
            assertEquals(Use.FRESH, nonces.use(nonces.make(), "00000001"));
        }
        assertEquals(Use.STALE, nonces.use(first, "00000002"));
        assertEquals(Use.STALE, nonces.use(unused, "00000001"));
        assertEquals(Use.FRESH, nonces.use(nonces.make(), "00000001"));
    }
}
