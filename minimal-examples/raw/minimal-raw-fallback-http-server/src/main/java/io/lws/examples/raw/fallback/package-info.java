/** http, or else raw TCP, on one port. Runs on the loops of the context. */
@NullMarked
package io.lws.examples.raw.fallback;

import org.jspecify.annotations.NullMarked;
