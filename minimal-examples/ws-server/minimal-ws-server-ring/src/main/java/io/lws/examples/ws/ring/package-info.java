/** A ws chat with a shared ring. Sessions of all loops share the ring, nothing else. */
@NullMarked
package io.lws.examples.ws.ring;

import org.jspecify.annotations.NullMarked;
