/** A ws client that only receives. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.ws.client.rx;

import org.jspecify.annotations.NullMarked;
