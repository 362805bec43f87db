/** Sends the fields of a form, urlencoded. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.client.postform;

import org.jspecify.annotations.NullMarked;
