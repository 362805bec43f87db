package io.lws.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The metrics of a process, or of whatever part of it wants a registry of its own. Any thread.
 *
 * <p>A family has a name such as {@code lws_accepted_connections} (a counter's samples get {@code _total} behind it), one
 * line of help and one kind; its series differ by labels, given as names and values by turns. Asking again for a counter
 * or a histogram gives the one there is.
 */
public final class MetricsRegistry {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

    private final Map<String, Family> families = new LinkedHashMap<>();

    /** Everything of one name. */
    record Family(String name, Metric.Kind kind, String help, Map<Labels, Metric> series) {}

    /** An empty one. */
    public MetricsRegistry() {}

    /** @throws IllegalArgumentException for a bad name or label, or where the name is taken by another kind */
    public Counter counter(String name, String help, String... labels) {
        Metric made = add(name, Metric.Kind.COUNTER, help, Labels.of(labels), Counter::new);
        if (made instanceof Counter counter) {
            return counter;
        }
        throw keptElsewhere(name);
    }

    /** Rising {@code upperBounds}; a last bucket without bound is added. */
    public Histogram histogram(String name, String help, double[] upperBounds, String... labels) {
        Labels of = Labels.of(labels);
        Metric made = add(name, Metric.Kind.HISTOGRAM, help, of, () -> new Histogram(upperBounds));
        if (made instanceof Histogram histogram) {
            return histogram;
        }
        throw keptElsewhere(name);
    }

    private static IllegalArgumentException keptElsewhere(String name) {
        return new IllegalArgumentException(name + " is counted by something else under these labels");
    }

    /** Reads {@code value}, on the thread of whoever scrapes, each time it is asked; takes the place of an earlier one. */
    public synchronized void gauge(String name, String help, DoubleSupplier value, String... labels) {
        Family before = families.get(name);
        if (before != null && before.kind == Metric.Kind.GAUGE) {
            before.series.remove(Labels.of(labels));
        }
        add(name, Metric.Kind.GAUGE, help, Labels.of(labels), () -> new Gauge(value));
    }

    /** As the other, of what something else counts. */
    public synchronized void counter(String name, String help, LongSupplier total, String... labels) {
        add(name, Metric.Kind.COUNTER, help, Labels.of(labels), () -> new CountedElsewhere(total));
    }

    /** As the other, of what something else measures: {@code counts} has one more than there are bounds. */
    public synchronized void histogram(
            String name,
            String help,
            List<Double> upperBounds,
            Supplier<List<Long>> counts,
            DoubleSupplier sum,
            String... labels) {
        Labels of = Labels.of(labels);
        add(name, Metric.Kind.HISTOGRAM, help, of, () -> new TimedElsewhere(List.copyOf(upperBounds), counts, sum));
    }

    private synchronized Metric add(
            String name, Metric.Kind kind, String help, Labels labels, Supplier<? extends Metric> make) {
        if (!NAME.matcher(name).matches() || (kind == Metric.Kind.COUNTER && name.endsWith("_total"))) {
            throw new IllegalArgumentException("no name for a " + kind.word() + ": " + name);
        }
        Family family = families.computeIfAbsent(name, key -> new Family(name, kind, help, new LinkedHashMap<>()));
        if (family.kind != kind) {
            throw new IllegalArgumentException(name + " is a " + family.kind.word() + ", not a " + kind.word());
        }
        return family.series.computeIfAbsent(labels, key -> make.get());
    }

    /** Forgets one series. Idempotent. */
    public synchronized void remove(String name, String... labels) {
        Family family = families.get(name);
        if (family != null) {
            family.series.remove(Labels.of(labels));
            if (family.series.isEmpty()) {
                families.remove(name);
            }
        }
    }

    /** All of it as OpenMetrics 1.0 text, to be sent with {@link OpenMetrics#CONTENT_TYPE}. */
    public synchronized String openMetrics() {
        return OpenMetrics.text(families.values());
    }
}
