package io.lws.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A run as a Markdown table, a line for each row and peer. */
public final class MarkdownTable {
    private MarkdownTable() {}

    public static String of(Results results, String baseline) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                List.of(
                        "row",
                        "peer",
                        "CPU µs/op",
                        "spread %",
                        "x " + baseline,
                        "op/s",
                        "p50 µs",
                        "p99 µs",
                        "p99.9 µs",
                        "server %",
                        "client %",
                        "noise %"));
        text.append("|---|---|").append("--:|".repeat(10)).append('\n');
        for (String row : results.rows()) {
            for (String peer : results.ranking(row)) {
                line(text, cells(results, row, peer, baseline));
            }
        }
        return text.toString();
    }

    private static List<String> cells(Results results, String row, String peer, String baseline) {
        OptionalDouble ratio = results.ratio(row, peer, baseline);
        return List.of(
                row,
                peer,
                number("%.2f", results.median(row, peer, Measurement::cpuUs)),
                number("%.0f", results.spreadPercent(row, peer)),
                ratio.isEmpty() ? "" : number("%.2f", ratio.getAsDouble()),
                number("%.0f", results.median(row, peer, Measurement::operationsPerSecond)),
                number("%.0f", results.median(row, peer, Measurement::p50Us)),
                number("%.0f", results.median(row, peer, Measurement::p99Us)),
                number("%.0f", results.median(row, peer, Measurement::p999Us)),
                number("%.0f", results.median(row, peer, Measurement::serverPercent)),
                number("%.0f", results.median(row, peer, Measurement::clientPercent)),
                number("%.0f", results.median(row, peer, Measurement::noisePercent)));
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
