package io.lws.integration;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.ObjectName;

/** What is reachable on this process's heap: bytes by class, counted behind a full collection. */
record HeapCensus(Map<String, Long> bytesByClass) {
    /** A table of references, shared by all, grows by so much for each. */
    private static final int LEAST_BYTES = 4;

    static HeapCensus take() {
        System.gc(); // once more than the histogram's own: what references held weakly goes too
        String histogram;
        try {
            histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
        Map<String, Long> bytes = new TreeMap<>();
        histogram
                .lines()
                .map(String::trim)
                .filter(line -> line.matches("\\d+: .*"))
                .forEach(line -> {
                    String[] fields = line.split(" +");
                    bytes.merge(fields[3], Long.parseLong(fields[2]), Long::sum);
                });
        return new HeapCensus(bytes);
    }

    /**
     * To be compared with a later one: a census of thousands of classes is hundreds of kilobytes itself, and so it is
     * counted in the later one. Another is on the heap while this one is taken.
     */
    static HeapCensus takeBesideAnother() {
        HeapCensus another = take();
        HeapCensus census = take();
        Reference.reachabilityFence(another);
        return census;
    }

    long sumBytes() {
        return bytesByClass.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Bytes for each of {@code count} that have come since {@code before}: of classes that have grown with them. What has
     * shrunk meanwhile, or has grown by less, is the work of others in this process.
     */
    long bytesForEach(HeapCensus before, int count) {
        return bytesByClass.entrySet().stream()
                        .mapToLong(each -> each.getValue() - before.bytesByClass.getOrDefault(each.getKey(), 0L))
                        .filter(grown -> grown >= (long) LEAST_BYTES * count)
                        .sum()
                / count;
    }

    /** What has grown since {@code before} by at least a byte for each of {@code count}, largest first. */
    String growth(HeapCensus before, int count) {
        StringBuilder text = new StringBuilder();
        bytesByClass.entrySet().stream()
                .map(each -> Map.entry(
                        each.getKey(), (each.getValue() - before.bytesByClass.getOrDefault(each.getKey(), 0L)) / count))
                .filter(each -> each.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(each -> text.append(String.format("%6d B  %s%n", each.getValue(), each.getKey())));
        return text.toString();
    }
}
