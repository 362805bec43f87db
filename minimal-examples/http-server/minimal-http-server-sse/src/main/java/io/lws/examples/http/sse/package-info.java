/** Events for one. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.sse;

import org.jspecify.annotations.NullMarked;
