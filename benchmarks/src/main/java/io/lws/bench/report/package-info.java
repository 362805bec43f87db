/** What a run measured, as medians, ratios, a Markdown table and an SVG plot. Pure: numbers in, text out. */
@NullMarked
package io.lws.bench.report;

import org.jspecify.annotations.NullMarked;
