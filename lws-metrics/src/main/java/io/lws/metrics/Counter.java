package io.lws.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Something that only grows, such as accepted connections. Any thread. */
public final class Counter implements Metric {
    private final LongAdder total = new LongAdder();

    Counter() {}

    public void increment() {
        total.increment();
    }

    /** @throws IllegalArgumentException below 0 */
    public void add(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("a counter cannot shrink: " + amount);
        }
        total.add(amount);
    }

    public long total() {
        return total.sum();
    }

    @Override
    public Kind kind() {
        return Kind.COUNTER;
    }

    @Override
    public void write(SampleSink sink) {
        sink.sample("_total", total());
    }
}
