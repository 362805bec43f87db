package io.lws.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private final Results results = new Results();

    @BeforeEach
    void threeRoundsOfWhichTheLastWasNoisy() {
        add("ours", 1, 2.0);
        add("theirs", 1, 3.0);
        add("ours", 2, 2.0);
        add("theirs", 2, 3.2);
        add("ours", 3, 8.0);
        add("theirs", 3, 12.0);
    }

    private void add(String peer, int round, double cpuUs) {
        results.add(new Measurement("row", peer, round, cpuUs, 1000, 1, 2, 3, 90, 50, 5));
    }

    @Test
    void takesRatiosWithinRoundsBeforeTheMedian() {
        assertEquals(1.5, results.ratio("row", "ours", "theirs").orElseThrow(), 1e-9);
        assertEquals(1.0, results.ratio("row", "theirs", "theirs").orElseThrow(), 1e-9);
        assertTrue(results.ratio("row", "ours", "absent").isEmpty());
    }

    @Test
    void ranksTheCheapestFirst() {
        assertEquals(List.of("ours", "theirs"), results.ranking("row"));
        assertEquals(300, results.spreadPercent("row", "ours"), 1e-9);
    }

    @Test
    void writesALineAndABarForEachPeer() {
        String table = MarkdownTable.of(results, "theirs");
        assertTrue(table.contains("| row | ours | 2.00 | 300 | 1.50 | 1000 |"), table);
        assertEquals(4, table.lines().count());
        String plot = SvgPlot.of(results, "theirs");
        assertTrue(plot.contains(">1.50</text>") && plot.contains(">1.00</text>"), plot);
        assertTrue(plot.startsWith("<svg ") && plot.endsWith("</svg>\n"));
    }
}
