/** A ws client of a busy feed, and the feed. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.ws.client.binance;

import org.jspecify.annotations.NullMarked;
