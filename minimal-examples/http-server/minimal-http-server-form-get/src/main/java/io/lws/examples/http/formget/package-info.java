/** Arguments of a URL. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.formget;

import org.jspecify.annotations.NullMarked;
