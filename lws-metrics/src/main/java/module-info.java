/** Metrics of lws for Java: a small registry and its OpenMetrics text. */
module io.lws.metrics {
    requires transitive io.lws.core;
    requires static org.jspecify;

    exports io.lws.metrics;
}
