package io.lws.http;

import io.lws.VhostOption;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Counts the answers of the vhosts that have this option, and how long they took: from the head of the request to the end
 * of the answer. One may serve many vhosts, also of several contexts. Any thread; two readings of one moment may differ by
 * what is being added.
 */
public final class HttpTraffic implements VhostOption {
    private static final List<Long> UPPER_BOUNDS_MICROS = List.of(
            100L,
            250L,
            500L,
            1_000L,
            2_500L,
            5_000L,
            10_000L,
            25_000L,
            50_000L,
            100_000L,
            250_000L,
            1_000_000L,
            5_000_000L);
    private static final int MAX_CLASS = 5;

    private final List<LongAdder> byClass = adders(MAX_CLASS);
    private final List<LongAdder> byTime = adders(UPPER_BOUNDS_MICROS.size() + 1);
    private final LongAdder contentBytes = new LongAdder();
    private final LongAdder micros = new LongAdder();

    public HttpTraffic() {}

    private static List<LongAdder> adders(int count) {
        return Stream.generate(LongAdder::new).limit(count).toList();
    }

    private static List<Long> sums(List<LongAdder> adders) {
        return adders.stream().map(LongAdder::sum).toList();
    }

    /** {@code status} as the access log says it; {@code lengthBytes} of content. */
    public void answered(int status, long tookNs, long lengthBytes) {
        long tookMicros = tookNs / 1_000;
        int slot = 0;
        while (slot < UPPER_BOUNDS_MICROS.size() && tookMicros > UPPER_BOUNDS_MICROS.get(slot)) {
            slot++;
        }
        byTime.get(slot).increment();
        byClass.get(Math.max(1, Math.min(MAX_CLASS, status / 100)) - 1).increment();
        contentBytes.add(lengthBytes);
        micros.add(tookMicros);
    }

    /** How long answers may have taken to be counted in each slot of {@link #byTime} but the last, rising. */
    public static List<Long> upperBoundsMicros() {
        return UPPER_BOUNDS_MICROS;
    }

    /** Answers by the time they took; the last slot has those slower than every bound. */
    public List<Long> byTime() {
        return sums(byTime);
    }

    /** Answers by the first digit of their status, from 1 to 5. */
    public List<Long> byClass() {
        return sums(byClass);
    }

    /** Of answers, without heads and framing. */
    public long contentBytes() {
        return contentBytes.sum();
    }

    /** All the time that answers took, added up. */
    public long micros() {
        return micros.sum();
    }
}
