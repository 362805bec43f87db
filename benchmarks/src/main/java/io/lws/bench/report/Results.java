package io.lws.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** All measurements of a run, and the medians and ratios they give. */
public final class Results {
    private final List<Measurement> all = new ArrayList<>();

    public void add(Measurement one) {
        all.add(one);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** In the order measured. */
    public List<Measurement> all() {
        return List.copyOf(all);
    }

    /** In the order measured. */
    public List<String> rows() {
        return all.stream().map(Measurement::row).distinct().toList();
    }

    /** In the order measured. */
    public List<String> peers() {
        return all.stream().map(Measurement::peer).distinct().toList();
    }

    /** Those measured on {@code row}, the one that costs least first. */
    public List<String> ranking(String row) {
        return all.stream()
                .filter(each -> each.row().equals(row))
                .map(Measurement::peer)
                .distinct()
                .sorted(Comparator.comparingDouble(peer -> median(row, peer, Measurement::cpuUs)))
                .toList();
    }

    public List<Measurement> of(String row, String peer) {
        return all.stream()
                .filter(each -> each.row().equals(row) && each.peer().equals(peer))
                .toList();
    }

    public double median(String row, String peer, ToDoubleFunction<Measurement> figure) {
        return median(of(row, peer).stream().mapToDouble(figure).toArray());
    }

    /** Highest less lowest CPU per operation, in per cent of the median. */
    public double spreadPercent(String row, String peer) {
        double[] cpu =
                of(row, peer).stream().mapToDouble(Measurement::cpuUs).sorted().toArray();
        return cpu.length == 0 ? 0 : (cpu[cpu.length - 1] - cpu[0]) / median(cpu) * 100;
    }

    /**
     * How many times cheaper {@code peer} is than {@code baseline}: the median of the ratios of each round. Above 1 is
     * better than the baseline; empty where they were not measured in one round.
     */
    public OptionalDouble ratio(String row, String peer, String baseline) {
        double[] ratios = of(row, peer).stream()
                .flatMap(mine -> of(row, baseline).stream()
                        .filter(theirs -> theirs.round() == mine.round())
                        .map(theirs -> theirs.cpuUs() / mine.cpuUs()))
                .mapToDouble(Double::doubleValue)
                .toArray();
        return ratios.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(ratios));
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        int n = sorted.length;
        if (n == 0) {
            return Double.NaN;
        }
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }
}
