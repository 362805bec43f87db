/** Asks a server that accepts and never answers, and gives up in time. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.client.timeout;

import org.jspecify.annotations.NullMarked;
