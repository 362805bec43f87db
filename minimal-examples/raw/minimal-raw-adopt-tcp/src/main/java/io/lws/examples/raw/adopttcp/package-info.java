/** A socket opened elsewhere becomes a raw session. Runs on the loop of the context. */
@NullMarked
package io.lws.examples.raw.adopttcp;

import org.jspecify.annotations.NullMarked;
