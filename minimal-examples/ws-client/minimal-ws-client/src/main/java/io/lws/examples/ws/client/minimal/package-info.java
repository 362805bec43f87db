/** A ws client that prints what it is sent. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.ws.client.minimal;

import org.jspecify.annotations.NullMarked;
