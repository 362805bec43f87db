/**
 * The test kit: a clock that stands still, transports without sockets, feeders that cut the wire everywhere, a stranger's
 * WebSocket. Used from the test's own thread, in test scope only.
 */
@NullMarked
package io.lws.testing;

import org.jspecify.annotations.NullMarked;
