package io.lws.plugins.status;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.HttpTraffic;
import io.lws.spi.Generations;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The state of a server as one JSON object. */
final class ServerFigures {
    private final StringBuilder json = new StringBuilder(1024);
    private final Census census;

    private ServerFigures(Census census) {
        this.census = census;
    }

    /** {@code traffic} is {@code null} where nobody counts answers. */
    static String json(List<Generations.One> generations, Census census, @Nullable HttpTraffic traffic) {
        ServerFigures figures = new ServerFigures(census);
        figures.write(generations);
        if (traffic != null) {
            figures.traffic(traffic);
        }
        return figures.json.append('}').toString();
    }

    private void write(List<Generations.One> generations) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        json.append("{\"pid\":").append(ProcessHandle.current().pid());
        json.append(",\"loopWaitMicros\":").append(census.slowestLoopNs() / 1_000);
        json.append(",\"upSeconds\":").append(ManagementFactory.getRuntimeMXBean().getUptime() / 1_000);
        json.append(",\"heapBytes\":").append(heap.getUsed());
        json.append(",\"heapMaxBytes\":").append(heap.getMax());
        json.append(",\"bufferBytes\":").append(bufferBytes());
        json.append(",\"threads\":").append(ManagementFactory.getThreadMXBean().getThreadCount());
        json.append(",\"generations\":[");
        String between = "";
        for (Generations.One each : generations) {
            json.append(between);
            generation(each, each == generations.get(generations.size() - 1));
            between = ",";
        }
        json.append(']');
    }

    private void traffic(HttpTraffic traffic) {
        // a list of numbers prints as JSON has it
        json.append(",\"http\":{\"answers\":").append(traffic.byClass());
        json.append(",\"slots\":").append(traffic.byTime());
        json.append(",\"boundsMicros\":").append(HttpTraffic.upperBoundsMicros());
        json.append(",\"contentBytes\":").append(traffic.contentBytes()).append('}');
    }

    private static long bufferBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private void generation(Generations.One one, boolean newest) {
        Context context = one.context();
        json.append("{\"number\":").append(one.number());
        json.append(",\"state\":\"").append(newest ? "serving" : "draining").append('"');
        json.append(",\"seconds\":")
                .append(Duration.between(one.since(), Instant.now()).toSeconds());
        Census.Totals totals = census.totals(context);
        json.append(",\"bytesOut\":").append(totals.bytesOut());
        json.append(",\"made\":").append(totals.connectionsMade());
        json.append(",\"connections\":").append(context.connections()).append(",\"kinds\":{");
        String between = "";
        for (Map.Entry<String, Integer> each : new TreeMap<>(census.connections(context)).entrySet()) {
            json.append(between).append(Visits.quoted(each.getKey())).append(':').append(each.getValue());
            between = ",";
        }
        json.append("},\"vhosts\":[");
        between = "";
        for (Vhost each : context.vhosts()) {
            json.append(between);
            vhost(each);
            between = ",";
        }
        json.append("]}");
    }

    private void vhost(Vhost vhost) {
        json.append("{\"name\":").append(Visits.quoted(vhost.name()));
        json.append(",\"port\":").append(vhost.port());
        json.append(",\"tls\":").append(vhost.tls() != null);
        json.append(",\"protocols\":").append(Visits.quoted(String.join(" ", vhost.protocolNames())));
        json.append('}');
    }
}
