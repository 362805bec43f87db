package io.lws.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsRegistryTest {
    private final MetricsRegistry registry = new MetricsRegistry();

    @Test
    void writesNothingButTheEnd() {
        assertEquals("# EOF\n", registry.openMetrics());
    }

    @Test
    void writesCountersWithTheirLabels() {
        registry.counter("lws_requests", "Requests.", "vhost", "a").add(3);
        registry.counter("lws_requests", "Requests.", "vhost", "b").increment();
        assertEquals("""
                # TYPE lws_requests counter
                # HELP lws_requests Requests.
                lws_requests_total{vhost="a"} 3
                lws_requests_total{vhost="b"} 1
                # EOF
                """, registry.openMetrics());
    }

    @Test
    void readsAGaugeEachTime() {
        double[] value = {1.5};
        registry.gauge("lws_heat", "Heat.", () -> value[0]);
        assertTrue(registry.openMetrics().contains("\nlws_heat 1.5\n"));
        value[0] = -2;
        assertTrue(registry.openMetrics().contains("\nlws_heat -2\n"));
    }

    @Test
    void countsIntoBucketsThatAddUp() {
        Histogram seconds = registry.histogram("lws_turn_seconds", "Turns.", new double[] {0.5, 1});
        for (double value : new double[] {0.25, 0.5, 0.75, 4}) {
            seconds.record(value);
        }
        assertEquals(4, seconds.count());
        assertEquals("""
                # TYPE lws_turn_seconds histogram
                # HELP lws_turn_seconds Turns.
                lws_turn_seconds_bucket{le="0.5"} 2
                lws_turn_seconds_bucket{le="1.0"} 3
                lws_turn_seconds_bucket{le="+Inf"} 4
                lws_turn_seconds_count 4
                lws_turn_seconds_sum 5.5
                # EOF
                """, registry.openMetrics());
    }

    @Test
    void readsWhatIsCountedElsewhere() {
        long[] total = {3};
        registry.counter("lws_requests", "Requests.", () -> total[0], "code", "2xx");
        registry.histogram("lws_seconds", "Answers.", List.of(0.5, 1.0), () -> List.of(2L, 0L, total[0]), () -> 7.5);
        total[0] = 4;
        assertEquals("""
                # TYPE lws_requests counter
                # HELP lws_requests Requests.
                lws_requests_total{code="2xx"} 4
                # TYPE lws_seconds histogram
                # HELP lws_seconds Answers.
                lws_seconds_bucket{le="0.5"} 2
                lws_seconds_bucket{le="1.0"} 2
                lws_seconds_bucket{le="+Inf"} 6
                lws_seconds_count 6
                lws_seconds_sum 7.5
                # EOF
                """, registry.openMetrics());
    }

    @Test
    void escapesWhatWouldBreakALine() {
        registry.counter("lws_x", "a \\ and\nb", "path", "say \"hi\"\\\n");
        assertTrue(registry.openMetrics().contains("# HELP lws_x a \\\\ and\\nb\n"));
        assertTrue(registry.openMetrics().contains("lws_x_total{path=\"say \\\"hi\\\"\\\\\\n\"} 0\n"));
    }

    @Test
    void givesTheSeriesThereIs() {
        assertSame(registry.counter("lws_x", "X.", "a", "1"), registry.counter("lws_x", "X.", "a", "1"));
        registry.remove("lws_x", "a", "1");
        registry.remove("lws_x", "a", "1");
        assertEquals("# EOF\n", registry.openMetrics());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1x", "a b", "a-b", "x_total", "ä"})
    void refusesNamesThatAreNone(String name) {
        assertThrows(IllegalArgumentException.class, () -> registry.counter(name, "X."));
    }

    @Test
    void refusesWhatMakesNoSense() {
        registry.counter("lws_x", "X.");
        assertThrows(IllegalArgumentException.class, () -> registry.gauge("lws_x", "X.", () -> 1));
        assertThrows(IllegalArgumentException.class, () -> registry.counter("lws_y", "Y.", "one"));
        assertThrows(IllegalArgumentException.class, () -> registry.counter("lws_y", "Y.", "le", "1"));
        assertThrows(
                IllegalArgumentException.class,
                () -> registry.counter("lws_x", "X.").add(-1));
        assertThrows(IllegalArgumentException.class, () -> registry.histogram("lws_z", "Z.", new double[] {2, 1}));
    }

    @Test
    void refusesToCountItselfWhatIsCountedElsewhere() {
        registry.counter("lws_x", "X.", () -> 1L);
        registry.histogram("lws_y", "Y.", List.of(1.0), () -> List.of(0L, 0L), () -> 0);
        assertThrows(IllegalArgumentException.class, () -> registry.counter("lws_x", "X."));
        assertThrows(IllegalArgumentException.class, () -> registry.histogram("lws_y", "Y.", new double[] {1}));
        assertThrows(IllegalArgumentException.class, () -> registry.counter("lws_z", "Z.", "a", "1", "a", "2"));
    }

    /** The half of a histogram that was written before it threw is no sample either. */
    @Test
    void leavesOutWhatCannotBeRead() {
        registry.gauge("lws_a", "A.", () -> {
            throw new IllegalStateException("gone");
        });
        registry.histogram("lws_b", "B.", List.of(1.0), () -> List.of(1L, 0L), () -> {
            throw new IllegalStateException("gone");
        });
        registry.counter("lws_c", "C.").increment();
        assertEquals("""
                # TYPE lws_a gauge
                # HELP lws_a A.
                # TYPE lws_b histogram
                # HELP lws_b B.
                # TYPE lws_c counter
                # HELP lws_c C.
                lws_c_total 1
                # EOF
                """, registry.openMetrics());
    }

    @Test
    void showsTheLoopsOfAContext() {
        try (Context context = Context.builder().loops(2).build()) {
            ContextMetrics.add(registry, "main", context);
            assertTrue(registry.openMetrics().contains("lws_connections{context=\"main\",loop=\"1\"} 0\n"));
            ContextMetrics.remove(registry, "main", context);
            assertFalse(registry.openMetrics().contains("lws_connections"));
        }
    }
}
