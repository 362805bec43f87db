package io.lws.metrics;

import io.lws.Context;
import io.lws.net.LoopNet;

/** Puts what a context knows of itself into a registry. */
public final class ContextMetrics {
    private static final String CONNECTIONS = "lws_connections";
    private static final String CONNECTIONS_HELP = "Open connections of a loop, those on their way to it included.";
    private static final String HANDSHAKES = "lws_tls_handshakes";
    private static final String HANDSHAKES_HELP = "TLS handshakes under way on a loop.";

    private ContextMetrics() {}

    /** Gauges of each loop, labelled {@code context} and {@code loop}, until {@link #remove}. Any thread. */
    public static void add(MetricsRegistry registry, String contextName, Context context) {
        for (LoopNet net : context.nets()) {
            String[] labels = labels(contextName, net);
            registry.gauge(CONNECTIONS, CONNECTIONS_HELP, net::load, labels);
            registry.gauge(HANDSHAKES, HANDSHAKES_HELP, net::handshakes, labels);
        }
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
