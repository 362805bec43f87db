/** Search in texts. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.fts;

import org.jspecify.annotations.NullMarked;
