/** Pages made on the fly. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.dynamic;

import org.jspecify.annotations.NullMarked;
