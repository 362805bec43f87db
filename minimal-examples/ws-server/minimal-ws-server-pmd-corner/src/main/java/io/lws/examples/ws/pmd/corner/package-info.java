/** Messages of sizes at which compression code goes wrong. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.ws.pmd.corner;

import org.jspecify.annotations.NullMarked;
