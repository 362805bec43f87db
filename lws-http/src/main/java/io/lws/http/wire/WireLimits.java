package io.lws.http.wire;

import io.lws.http.HttpLimits;
import java.time.Duration;

/**
 * What an origin may cost.
 *
 * @param head bounds of a response's head and trailers; the request line's is the status line's
 * @param maxInterim most interim responses to one request within a second
 * @param keepAlive how long a connection waits for the next exchange
 * @param pipelineDepth exchanges under way at a time where a version has no streams
 */
public record WireLimits(HttpLimits head, int maxInterim, Duration keepAlive, int pipelineDepth) {}
