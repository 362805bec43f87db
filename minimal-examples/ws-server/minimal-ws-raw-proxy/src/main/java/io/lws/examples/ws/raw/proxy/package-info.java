/** A ws server that passes bytes on to raw TCP. Both ends of a pair live on one loop. */
@NullMarked
package io.lws.examples.ws.raw.proxy;

import org.jspecify.annotations.NullMarked;
