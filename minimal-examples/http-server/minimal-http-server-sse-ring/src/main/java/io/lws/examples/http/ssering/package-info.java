/** Events for all. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.ssering;

import org.jspecify.annotations.NullMarked;
