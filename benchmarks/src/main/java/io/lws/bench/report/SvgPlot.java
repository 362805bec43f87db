package io.lws.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A run as bars: for each row, how much cheaper than the baseline each peer is. Longer is better. */
public final class SvgPlot {
    private static final List<String> COLOURS =
            List.of("#0b6e4f", "#8d99ae", "#5c677d", "#bc6c25", "#7b2cbf", "#3a86ff", "#d62828", "#577590");
    private static final int LABEL_PX = 110;
    private static final int PLOT_PX = 560;
    private static final int BAR_PX = 12;
    private static final int GAP_PX = 14;
    private static final int TOP_PX = 56;

    private final Results results;
    private final String baseline;
    private final double widest;
    private final StringBuilder svg = new StringBuilder();

    private SvgPlot(Results results, String baseline) {
        this.results = results;
        this.baseline = baseline;
        widest = results.rows().stream()
                .flatMap(row -> results.peers().stream().map(peer -> results.ratio(row, peer, baseline)))
                .mapToDouble(ratio -> ratio.orElse(0))
                .max()
                .orElse(1);
    }

    public static String of(Results results, String baseline) {
        SvgPlot plot = new SvgPlot(results, baseline);
        int y = plot.bars(TOP_PX);
        plot.baselineMark(y);
        return head(y) + plot.title() + plot.legend() + plot.svg + "</svg>\n";
    }

    private static String head(int heightPx) {
        return format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"11\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                LABEL_PX + PLOT_PX + 60, heightPx + GAP_PX);
    }

    private String title() {
        return format(
                "<text x=\"8\" y=\"18\" font-size=\"13\">Operations per server CPU second, times %s</text>%n",
                baseline);
    }

    private String legend() {
        StringBuilder text = new StringBuilder();
        int x = 8;
        for (String peer : results.peers()) {
            text.append(format(
                    "<rect x=\"%d\" y=\"28\" width=\"10\" height=\"10\" fill=\"%s\"/><text x=\"%d\" y=\"37\">%s</text>%n",
                    x, colour(peer), x + 14, peer));
            x += 34 + 6 * peer.length();
        }
        return text.toString();
    }

    private int bars(int from) {
        int y = from;
        for (String row : results.rows()) {
            int top = y;
            for (String peer : results.peers()) {
                OptionalDouble ratio = results.ratio(row, peer, baseline);
                if (ratio.isPresent()) {
                    bar(y, ratio.getAsDouble(), colour(peer));
                    y += BAR_PX;
                }
            }
            svg.append(format(
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n", LABEL_PX - 6, (top + y) / 2 + 4, row));
            y += GAP_PX;
        }
        return y;
    }

    private void bar(int y, double ratio, String colour) {
        int length = (int) Math.round(ratio / widest * PLOT_PX);
        svg.append(format(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>"
                        + "<text x=\"%d\" y=\"%d\" font-size=\"9\">%.2f</text>%n",
                LABEL_PX, y, length, BAR_PX - 2, colour, LABEL_PX + length + 4, y + 9, ratio));
    }

    private void baselineMark(int bottom) {
        int x = LABEL_PX + (int) Math.round(PLOT_PX / widest);
        svg.append(format(
                "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#222\" stroke-dasharray=\"3 3\"/>%n",
                x, TOP_PX - 6, x, bottom));
    }

    private String colour(String peer) {
        return COLOURS.get(results.peers().indexOf(peer) % COLOURS.size());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values).replace("\r\n", "\n");
    }
}
