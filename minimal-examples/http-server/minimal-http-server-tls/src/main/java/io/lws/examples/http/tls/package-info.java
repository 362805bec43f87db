/** Https with a certificate made on the spot, or one from files. */
@NullMarked
package io.lws.examples.http.tls;

import org.jspecify.annotations.NullMarked;
