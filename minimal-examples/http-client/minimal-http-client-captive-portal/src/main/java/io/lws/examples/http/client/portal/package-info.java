/** Tells a network that leads to the internet from one that leads to a sign-in page first. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.client.portal;

import org.jspecify.annotations.NullMarked;
