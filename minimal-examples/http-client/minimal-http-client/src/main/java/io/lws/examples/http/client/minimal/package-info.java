/** Fetches one URL and prints the head, the content, and where the time went. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.client.minimal;

import org.jspecify.annotations.NullMarked;
