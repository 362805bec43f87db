/** A timer for each ws session. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.ws.timer;

import org.jspecify.annotations.NullMarked;
