/** Asks for a URL of several thousand octets. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.client.hugeurl;

import org.jspecify.annotations.NullMarked;
