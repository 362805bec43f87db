/** Fetches from a thread of its own while the loop belongs to another. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.client.attach;

import org.jspecify.annotations.NullMarked;
