/** A datagram by broadcast. Runs on the loop of the context. */
@NullMarked
package io.lws.examples.raw.wol;

import org.jspecify.annotations.NullMarked;
