package io.lws.metrics;

import io.lws.Log;
import java.math.BigDecimal;

/** The text a scraper reads: families one after the other, each with its samples, and a mark of the end. */
public final class OpenMetrics {
    public static final String CONTENT_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private static final Log LOG = Log.of("lws.metrics");
    private static final double MIN_PLAIN = 1e-4;
    private static final double MAX_PLAIN = 1e7;

    private OpenMetrics() {}

    static String text(Iterable<MetricsRegistry.Family> families) {
        StringBuilder out = new StringBuilder(4096);
        for (MetricsRegistry.Family family : families) {
            out.append("# TYPE ")
                    .append(family.name())
                    .append(' ')
                    .append(family.kind().word());
            out.append("\n# HELP ").append(family.name()).append(' ').append(Labels.escape(family.help()));
            out.append('\n');
            family.series().forEach((labels, metric) -> write(metric, new Lines(out, family.name(), labels)));
        }
        return out.append("# EOF\n").toString();
    }

    /** What cannot be read just now is left out: the others are wanted all the same. */
    private static void write(Metric metric, Lines to) {
        int before = to.out.length();
        try {
            metric.write(to);
        } catch (RuntimeException e) {
            to.out.setLength(before);
            LOG.warn(to.name, "cannot be read: " + e);
        }
    }

    /** Whole numbers without a point, as people write them. */
    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }

    private record Lines(StringBuilder out, String name, Labels labels) implements Metric.SampleSink {
        @Override
        public void sample(String suffix, double value) {
            line(suffix, labels.text(""), value);
        }

        @Override
        public void bucket(double upperBound, long count) {
            line("_bucket", labels.text("le=\"" + bound(upperBound) + "\""), (double) count);
        }

        /**
         * A float in the text format, even a whole one. It is a label: written in another way than others write it
         * (0.0001, not 1.0E-4), queries would not find it.
         */
        private static String bound(double upperBound) {
            if (Double.isInfinite(upperBound)) {
                return "+Inf";
            }
            String text = Double.toString(upperBound);
            boolean plain = text.indexOf('E') < 0 || upperBound < MIN_PLAIN || upperBound >= MAX_PLAIN;
            return plain ? text : new BigDecimal(text).stripTrailingZeros().toPlainString();
        }

        private void line(String suffix, String labelText, double value) {
            out.append(name).append(suffix).append(labelText).append(' ').append(number(value));
            out.append('\n');
        }
    }
}
