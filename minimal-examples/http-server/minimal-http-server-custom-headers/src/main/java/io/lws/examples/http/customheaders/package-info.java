/** Fields of one's own. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.customheaders;

import org.jspecify.annotations.NullMarked;
