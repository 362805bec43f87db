/** Https, and plain http that leads to it. */
@NullMarked
package io.lws.examples.http.tlsplain;

import org.jspecify.annotations.NullMarked;
