/** A ws client that measures round trips. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.ws.client.ping;

import org.jspecify.annotations.NullMarked;
