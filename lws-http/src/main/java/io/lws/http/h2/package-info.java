/**
 * HTTP/2 (RFC 9113): frames, streams, flow control, and the roles on both sides of a connection. The frame codec is
 * sans I/O. What a request and its answer are is not said here but in {@code io.lws.http.exchange}; h1 is not known.
 * Everything belongs to its connection's loop.
 */
@NullMarked
package io.lws.http.h2;

import org.jspecify.annotations.NullMarked;
