package io.lws.metrics;

import java.util.Locale;

/** One series: what is counted under one name and one set of labels. */
public sealed interface Metric permits Counter, CountedElsewhere, Gauge, Histogram, TimedElsewhere {
    /** What OpenMetrics calls the type of a family. */
    enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where a series puts its sample lines. */
    interface SampleSink {
        void sample(String suffix, double value);

        /** As {@link #sample}, of a count. */
        default void sample(String suffix, long count) {
            sample(suffix, (double) count);
        }

        /** A line of a histogram: how many were at most {@code upperBound}. */
        void bucket(double upperBound, long count);
    }

    Kind kind();

    void write(SampleSink sink);
}
