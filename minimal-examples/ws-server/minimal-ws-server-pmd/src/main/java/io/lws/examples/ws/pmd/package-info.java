/** A ws chat that compresses. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.ws.pmd;

import org.jspecify.annotations.NullMarked;
