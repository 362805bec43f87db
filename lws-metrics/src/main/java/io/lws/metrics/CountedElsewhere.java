package io.lws.metrics;

import java.util.function.LongSupplier;

/** A counter that something else keeps. What it reads must be safe for any thread and never shrink. */
record CountedElsewhere(LongSupplier total) implements Metric {
    @Override
    public Kind kind() {
        return Kind.COUNTER;
    }

    @Override
    public void write(SampleSink sink) {
        sink.sample("_total", total.getAsLong());
    }
}
