package io.lws.lwsws;

import io.lws.http.HttpTraffic;
import io.lws.metrics.ContextMetrics;
import io.lws.metrics.MetricsRegistry;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.List;
import java.util.Locale;

/** The state of a server in the OpenMetrics text format: all of it is read when somebody asks, and nothing is kept. */
final class Metrics {
    private static final double MICROS = 1e6;

    private final MetricsRegistry registry = new MetricsRegistry();

    private Metrics() {}

    static String text(List<Running> generations, HttpTraffic traffic) {
        Metrics metrics = new Metrics();
        metrics.generations(generations);
        metrics.traffic(traffic);
        metrics.memory();
        return metrics.registry.openMetrics();
    }

    private void generations(List<Running> generations) {
        registry.gauge("lws_generations", "Contexts that serve or drain.", generations::size);
        Running newest = generations.isEmpty() ? null : generations.get(generations.size() - 1);
        int reloads = newest == null ? 0 : newest.number() - 1;
        registry.counter("lws_reloads", "Reloads since the process began.", () -> reloads);
        for (Running each : generations) {
            ContextMetrics.add(registry, "generation-" + each.number(), each.context());
        }
    }

    private void traffic(HttpTraffic traffic) {
        List<Long> byClass = traffic.byClass();
        for (int i = 0; i < byClass.size(); i++) {
            long count = byClass.get(i);
            registry.counter("lws_http_answers", "Answers to HTTP requests.", () -> count, "code", i + 1 + "xx");
        }
        registry.counter("lws_http_content_bytes", "Content of answers.", traffic::contentBytes);
        registry.histogram(
                "lws_http_answer_seconds",
                "From the head of a request to the end of its answer.",
                HttpTraffic.upperBoundsMicros().stream()
                        .map(each -> each / MICROS)
                        .toList(),
                traffic::byTime,
                () -> traffic.micros() / MICROS);
    }

    private void memory() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        String used = "Memory in use.";
        registry.gauge(
                "jvm_memory_used_bytes", used, () -> memory.getHeapMemoryUsage().getUsed(), "area", "heap");
        registry.gauge(
                "jvm_memory_used_bytes",
                used,
                () -> memory.getNonHeapMemoryUsage().getUsed(),
                "area",
                "nonheap");
        for (BufferPoolMXBean each : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            String pool = each.getName()
                    .replaceAll("\\W+", " ")
                    .trim()
                    .replace(' ', '_')
                    .toLowerCase(Locale.ROOT);
            registry.gauge("jvm_buffer_used_bytes", "Buffers outside the heap.", each::getMemoryUsed, "pool", pool);
        }
        registry.gauge("jvm_threads", "Live threads.", ManagementFactory.getThreadMXBean()::getThreadCount);
    }
}
