/** Sends a form with a field and a file, as a browser does. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.client.post;

import org.jspecify.annotations.NullMarked;
