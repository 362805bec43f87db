package io.lws.metrics;

import java.util.function.DoubleSupplier;

/** Something that is read when it is asked for, such as open connections. What it reads must be safe for any thread. */
record Gauge(DoubleSupplier value) implements Metric {
    @Override
    public Kind kind() {
        return Kind.GAUGE;
    }

    @Override
    public void write(SampleSink sink) {
        sink.sample("", value.getAsDouble());
    }
}
