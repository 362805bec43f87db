package io.lws.plugins.status;

import io.lws.Context;
import io.lws.loop.EventLoop;
import io.lws.net.LoopNet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the connections of contexts, each on its own loop, and how long a task waited for that loop. Any thread; {@code
 * then} runs on the loop that is asked last.
 */
final class Census {
    private final Map<Context, Map<String, Integer>> connections = new HashMap<>();
    private final Map<Context, Totals> totals = new HashMap<>();
    private long slowestLoopNs;

    /** What the loops of a context have done since they began. */
    record Totals(long bytesOut, long connectionsMade) {
        static final Totals NONE = new Totals(0, 0);

        private Totals plus(Totals more) {
            return new Totals(bytesOut + more.bytesOut, connectionsMade + more.connectionsMade);
        }
    }

    static void take(List<Context> contexts, java.util.function.Consumer<Census> then) {
        Census census = new Census();
        AtomicInteger missing = new AtomicInteger(
                contexts.stream().mapToInt(each -> each.nets().size()).sum());
        for (Context context : contexts) {
            context.nets().forEach(net -> net.loop().execute(census.new Count(context, net, missing, then)));
        }
    }

    private synchronized void add(Context context, Map<String, Integer> counted, Totals done, long waitedNs) {
        totals.merge(context, done, Totals::plus);
        Map<String, Integer> sum = connections.computeIfAbsent(context, key -> new TreeMap<>());
        counted.forEach((kind, count) -> sum.merge(kind, count, Integer::sum));
        slowestLoopNs = Math.max(slowestLoopNs, waitedNs);
    }

    /** How many there are of each role and phase, such as {@code ws open}. */
    synchronized Map<String, Integer> connections(Context context) {
        return Map.copyOf(connections.getOrDefault(context, Map.of()));
    }

    synchronized Totals totals(Context context) {
        return totals.getOrDefault(context, Totals.NONE);
    }

    synchronized long slowestLoopNs() {
        return slowestLoopNs;
    }

    /** A loop that has ended has no connections: it counts as asked. */
    private final class Count implements EventLoop.Task {
        private final Context context;
        private final LoopNet net;
        private final AtomicInteger missing;
        private final java.util.function.Consumer<Census> then;
        private final long askedNs = System.nanoTime();

        Count(Context context, LoopNet net, AtomicInteger missing, java.util.function.Consumer<Census> then) {
            this.context = context;
            this.net = net;
            this.missing = missing;
            this.then = then;
        }

        @Override
        public void run() {
            long waitedNs = System.nanoTime() - askedNs;
            Map<String, Integer> counted = new HashMap<>();
            net.forEach(each -> counted.merge(
                    each.role().roleName() + " " + each.phase().name().toLowerCase(java.util.Locale.ROOT),
                    1,
                    Integer::sum));
            add(context, counted, new Totals(net.bytesOut(), net.connectionsMade()), waitedNs);
            done();
        }

        @Override
        public void dropped() {
            done();
        }

        private void done() {
            if (missing.decrementAndGet() == 0) {
                then.accept(Census.this);
            }
        }
    }
}
