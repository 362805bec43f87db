package io.lws.metrics;

import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** A histogram that something else keeps: one count more than there are bounds. */
record TimedElsewhere(List<Double> upperBounds, Supplier<List<Long>> counts, DoubleSupplier sum) implements Metric {
    @Override
    public Kind kind() {
        return Kind.HISTOGRAM;
    }

    @Override
    public void write(SampleSink sink) {
        long upTo = 0;
        List<Long> each = counts.get();
        for (int i = 0; i < each.size(); i++) {
            upTo += each.get(i);
            sink.bucket(i < upperBounds.size() ? upperBounds.get(i) : Double.POSITIVE_INFINITY, upTo);
        }
        sink.sample("_count", upTo);
        sink.sample("_sum", sum.getAsDouble());
    }
}
