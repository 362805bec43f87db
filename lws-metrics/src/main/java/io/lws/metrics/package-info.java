/**
 * Counters, gauges and histograms of a process, and the OpenMetrics text a scraper reads. Recording is for any thread and
 * takes no lock; reading may happen on any thread beside it. Depends on the core only.
 */
@NullMarked
package io.lws.metrics;

import org.jspecify.annotations.NullMarked;
