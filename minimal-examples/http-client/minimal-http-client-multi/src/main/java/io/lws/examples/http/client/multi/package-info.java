/** Asks many times at once over a few connections. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.client.multi;

import org.jspecify.annotations.NullMarked;
