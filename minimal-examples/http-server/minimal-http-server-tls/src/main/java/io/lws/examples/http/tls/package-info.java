/** Https with a certificate made at the first use, or one from files. */
@NullMarked
package io.lws.examples.http.tls;

import org.jspecify.annotations.NullMarked;
