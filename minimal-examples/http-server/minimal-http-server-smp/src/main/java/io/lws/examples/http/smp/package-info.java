/** More than one loop. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.smp;

import org.jspecify.annotations.NullMarked;
