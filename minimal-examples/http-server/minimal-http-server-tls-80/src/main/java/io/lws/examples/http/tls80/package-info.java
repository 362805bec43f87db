/** Https, and plain http that leads to it. */
@NullMarked
package io.lws.examples.http.tls80;

import org.jspecify.annotations.NullMarked;
