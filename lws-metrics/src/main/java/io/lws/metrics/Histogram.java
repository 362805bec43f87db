package io.lws.metrics;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;

/** How values are spread over fixed buckets, such as the duration of callbacks in seconds. Any thread. */
public final class Histogram implements Metric {
    private final double[] upperBounds;
    private final AtomicLongArray counts;
    private final DoubleAdder sum = new DoubleAdder();

    Histogram(double... upperBounds) {
        this.upperBounds = upperBounds.clone();
        counts = new AtomicLongArray(upperBounds.length + 1);
        for (int i = 0; i < upperBounds.length; i++) {
            if (!Double.isFinite(upperBounds[i]) || (i > 0 && upperBounds[i] <= upperBounds[i - 1])) {
                throw new IllegalArgumentException("bounds of buckets must be finite and rise");
            }
        }
    }

    public void record(double value) {
        int bucket = 0;
        while (bucket < upperBounds.length && value > upperBounds[bucket]) {
            bucket++;
        }
        counts.getAndIncrement(bucket);
        sum.add(value);
    }

    public long count() {
        long all = 0;
        for (int i = 0; i < counts.length(); i++) {
            all += counts.get(i);
        }
        return all;
    }

    @Override
    public Kind kind() {
        return Kind.HISTOGRAM;
    }

    @Override
    public void write(SampleSink sink) {
        long upTo = 0;
        for (int i = 0; i < counts.length(); i++) {
            upTo += counts.get(i);
            sink.bucket(i < upperBounds.length ? upperBounds[i] : Double.POSITIVE_INFINITY, upTo);
        }
        sink.sample("_count", upTo);
        sink.sample("_sum", sum.sum());
    }
}
