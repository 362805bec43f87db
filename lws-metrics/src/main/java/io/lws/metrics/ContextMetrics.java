package io.lws.metrics;

import io.lws.Context;
import io.lws.loop.LoopLatency;
import io.lws.net.LoopNet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Puts what a context knows of itself into a registry. */
public final class ContextMetrics {
    private static final double NS_PER_S = 1e9;
    private static final String CONNECTIONS = "lws_connections";
    private static final String CONNECTIONS_HELP = "Open connections of a loop, those on their way to it included.";
    private static final String HANDSHAKES = "lws_tls_handshakes";
    private static final String HANDSHAKES_HELP = "TLS handshakes under way on a loop.";

    private static final String WORST = "lws_callback_worst_seconds";
    private static final String WORST_HELP = "Longest event of a protocol's connections on a loop in the last seconds.";

    private ContextMetrics() {}

    /** Gauges of each loop, labelled {@code context} and {@code loop}, until {@link #remove}. Any thread. */
    public static void add(MetricsRegistry registry, String contextName, Context context) {
        for (LoopNet net : context.nets()) {
            String[] labels = labels(contextName, net);
            registry.gauge(CONNECTIONS, CONNECTIONS_HELP, net::load, labels);
            registry.gauge(HANDSHAKES, HANDSHAKES_HELP, net::handshakes, labels);
        }
    }

    /**
     * Times the events of connections from now on, and adds the longest of each protocol of the vhosts and of each of
     * {@code roles}, such as {@code h1}, on each loop; see {@link io.lws.loop.LoopLatency}. Until {@link #removeLatency}.
     */
    public static void addLatency(MetricsRegistry registry, String contextName, Context context, String... roles) {
        for (LoopNet net : context.nets()) {
            LoopLatency latency = net.loop().latency();
            latency.start();
            for (String protocol : protocols(context, roles)) {
                registry.gauge(
                        WORST,
                        WORST_HELP,
                        () -> {
                            LoopLatency.Figures figures = latency.figures(protocol);
                            return figures == null ? 0 : figures.recentWorstNs() / NS_PER_S;
                        },
                        labels(contextName, net, protocol));
            }
        }
    }

    /** Undoes {@link #addLatency} with the same roles. */
    public static void removeLatency(MetricsRegistry registry, String contextName, Context context, String... roles) {
        for (LoopNet net : context.nets()) {
            net.loop().latency().stop();
            for (String protocol : protocols(context, roles)) {
                registry.remove(WORST, labels(contextName, net, protocol));
            }
        }
    }

    private static Set<String> protocols(Context context, String... roles) {
        Set<String> all = new TreeSet<>(List.of(roles));
        context.vhosts().forEach(vhost -> all.addAll(vhost.protocolNames()));
        return all;
    }

    private static String[] labels(String contextName, LoopNet net, String protocol) {
        return new String[] {
            "context", contextName, "loop", Integer.toString(net.loop().index()), "protocol", protocol
        };
    }

    /** Undoes {@link #add}: a registry that outlives the context would keep it. */
    public static void remove(MetricsRegistry registry, String contextName, Context context) {
        for (LoopNet net : context.nets()) {
            registry.remove(CONNECTIONS, labels(contextName, net));
            registry.remove(HANDSHAKES, labels(contextName, net));
        }
    }

    private static String[] labels(String contextName, LoopNet net) {
        return new String[] {
            "context", contextName, "loop", Integer.toString(net.loop().index())
        };
    }
}
