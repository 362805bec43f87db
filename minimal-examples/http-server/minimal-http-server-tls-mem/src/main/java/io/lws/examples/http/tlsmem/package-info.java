/** Https with a certificate that never was a file. */
@NullMarked
package io.lws.examples.http.tlsmem;

import org.jspecify.annotations.NullMarked;
