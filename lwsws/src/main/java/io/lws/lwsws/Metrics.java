package io.lws.lwsws;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.List;
import java.util.Locale;

/** The state of a server in the OpenMetrics text format, version 1.0.0. */
final class Metrics {
    static final String CONTENT_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final StringBuilder out = new StringBuilder(1024);

    private Metrics() {}

    static String text(List<Running> generations) {
        Metrics metrics = new Metrics();
        metrics.generations(generations);
        metrics.memory();
        return metrics.out.append("# EOF\n").toString();
    }

    private void generations(List<Running> generations) {
        gauge("lws_generations", "", "Contexts that serve or drain.");
        sample("lws_generations", "", generations.size());
        gauge("lws_connections", "", "Open connections.");
        for (Running each : generations) {
            sample(
                    "lws_connections",
                    "{generation=\"" + each.number() + "\"}",
                    each.context().connections());
        }
        out.append("# TYPE lws_reloads counter\n# HELP lws_reloads Reloads since the process began.\n");
        Running newest = generations.isEmpty() ? null : generations.get(generations.size() - 1);
        sample("lws_reloads_total", "", newest == null ? 0 : newest.number() - 1);
    }

    private void memory() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        gauge("jvm_memory_used_bytes", "bytes", "Memory in use.");
        sample(
                "jvm_memory_used_bytes",
                "{area=\"heap\"}",
                memory.getHeapMemoryUsage().getUsed());
        sample(
                "jvm_memory_used_bytes",
                "{area=\"nonheap\"}",
                memory.getNonHeapMemoryUsage().getUsed());
        gauge("jvm_buffer_used_bytes", "bytes", "Buffers outside the heap.");
        for (BufferPoolMXBean each : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            String pool = each.getName().replaceAll("[^A-Za-z0-9]+", "_").toLowerCase(Locale.ROOT);
            sample("jvm_buffer_used_bytes", "{pool=\"" + pool + "\"}", each.getMemoryUsed());
        }
    }

    private void gauge(String name, String unit, String help) {
        out.append("# TYPE ").append(name).append(" gauge\n");
        if (!unit.isEmpty()) {
            out.append("# UNIT ").append(name).append(' ').append(unit).append('\n');
        }
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    }

    private void sample(String name, String labels, long value) {
        out.append(name).append(labels).append(' ').append(value).append('\n');
    }
}
