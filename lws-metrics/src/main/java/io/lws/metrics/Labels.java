package io.lws.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The labels of one series in the order given, checked and escaped once. */
record Labels(List<String> pairs) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    /** {@code namesAndValues} by turns. */
    static Labels of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("labels are pairs of name and value");
        }
        List<String> pairs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = namesAndValues[i];
            if (!NAME.matcher(name).matches() || name.equals("le")) {
                throw new IllegalArgumentException("no name for a label: " + name);
            }
            if (!names.add(name)) {
                throw new IllegalArgumentException("a label twice: " + name);
            }
            pairs.add(name + "=\"" + escape(namesAndValues[i + 1]) + "\"");
        }
        return new Labels(List.copyOf(pairs));
    }

    static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** As they stand in a sample line, {@code extra} behind them; empty where there are none. */
    String text(String extra) {
        String all = String.join(",", pairs);
        String joined = all.isEmpty() || extra.isEmpty() ? all + extra : all + "," + extra;
        return joined.isEmpty() ? "" : "{" + joined + "}";
    }
}
