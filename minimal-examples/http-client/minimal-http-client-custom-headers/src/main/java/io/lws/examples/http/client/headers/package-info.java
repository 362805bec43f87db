/** Sends header fields of its own and prints one of the response. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.client.headers;

import org.jspecify.annotations.NullMarked;
