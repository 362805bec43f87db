/**
 * One request and its answer as every version of HTTP has them: who answers, how far the answer is, what a protocol may
 * do when. What differs on the wire is in {@code io.lws.http.h1} and {@code .h2}, which this package does not know.
 * Everything belongs to one loop's thread.
 */
@NullMarked
package io.lws.http.exchange;

import org.jspecify.annotations.NullMarked;
