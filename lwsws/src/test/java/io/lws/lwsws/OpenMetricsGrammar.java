package io.lws.lwsws;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the OpenMetrics text format 1.0 demands, as a scraper that forgives nothing reads it. */
final class OpenMetricsGrammar {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\"\\\\n])*\"";
    private static final Pattern META = Pattern.compile("# (TYPE|HELP|UNIT) (" + NAME + ") (.*)");
    private static final Pattern SAMPLE =
            Pattern.compile("(" + NAME + ")(?:\\{(" + LABEL + "(?:," + LABEL + ")*)?\\})? (\\S+)");
    private static final Map<String, Set<String>> SUFFIXES = Map.of(
            "gauge", Set.of(""),
            "counter", Set.of("_total", "_created"),
            "histogram", Set.of("_bucket", "_count", "_sum", "_created"),
            "info", Set.of("_info"));

    private final List<String> errors = new ArrayList<>();
    private final Set<String> families = new HashSet<>();
    private final Set<String> series = new HashSet<>();
    private final Set<String> meta = new HashSet<>();
    private String family = "";
    private String type = "";
    private double lastBound;
    private double lastCount;

    private OpenMetricsGrammar() {}

    static List<String> errors(String text) {
        OpenMetricsGrammar grammar = new OpenMetricsGrammar();
        grammar.read(text);
        return grammar.errors;
    }

    private void read(String text) {
        if (!text.endsWith("\n# EOF\n")) {
            errors.add("does not end with # EOF");
        }
        List<String> lines = text.lines().toList();
        lines.subList(0, lines.size() - 1).forEach(this::line);
    }

    private void line(String line) {
        Matcher about = META.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (about.matches()) {
            about(about.group(1), about.group(2), about.group(3));
        } else if (sample.matches()) {
            sample(sample.group(1), String.valueOf(sample.group(2)), sample.group(3));
        } else {
            errors.add("neither a sample nor about one: " + line);
        }
    }

    private void about(String word, String name, String value) {
        if (!name.equals(family)) {
            check(families.add(name), "in two pieces: " + name);
            family = name;
            type = "";
        }
        check(meta.add(word + " " + name), word + " twice of " + name);
        if (word.equals("TYPE")) {
            type = value;
            check(SUFFIXES.containsKey(value), "no type: " + value);
        }
    }

    private void sample(String name, String labels, String value) {
        boolean own = name.startsWith(family)
                && SUFFIXES.getOrDefault(type, Set.of()).contains(name.substring(family.length()));
        check(own, name + " does not belong to " + type + " " + family);
        check(series.add(name + labels), "twice: " + name + labels);
        double number = Double.parseDouble(value.replace("Inf", "Infinity"));
        check(type.equals("gauge") || number >= 0, "below 0: " + name + labels);
        if (name.endsWith("_bucket")) {
            bucket(labels, number);
        } else if (name.endsWith("_count")) {
            check(number == lastCount && Double.isInfinite(lastBound), "not as the last bucket: " + name);
        }
    }

    private void bucket(String labels, double count) {
        Matcher le = Pattern.compile("le=\"([^\"]*)\"").matcher(labels);
        if (!le.find()) {
            errors.add("a bucket without le: " + labels);
            return;
        }
        String bound = le.group(1);
        boolean first = series.stream()
                        .filter(each -> each.startsWith(family + "_bucket"))
                        .count()
                == 1;
        double number = bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
        check(bound.equals("+Inf") || bound.matches("\\d+\\.\\d+|\\d(\\.\\d+)?e-\\d\\d"), "not canonical: " + bound);
        check(first || number > lastBound && count >= lastCount, "buckets fall: " + labels);
        lastBound = number;
        lastCount = count;
    }

    private void check(boolean good, String error) {
        if (!good) {
            errors.add(error);
        }
    }
}
