/**
 * The load client: one thread, one selector, closed or open loop, each answer checked. Speaks to any server; depends on
 * nothing of the library, so that no fault can hide on both sides of the wire.
 */
@NullMarked
package io.lws.bench.load;

import org.jspecify.annotations.NullMarked;
