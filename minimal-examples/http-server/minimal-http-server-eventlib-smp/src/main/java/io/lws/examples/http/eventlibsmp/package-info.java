/** Files on several loops that accept by themselves. */
@NullMarked
package io.lws.examples.http.eventlibsmp;

import org.jspecify.annotations.NullMarked;
