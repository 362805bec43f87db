/** A ws broker: one publishes, many subscribe. Sessions of all loops share the broadcast, nothing else. */
@NullMarked
package io.lws.examples.ws.broker;

import org.jspecify.annotations.NullMarked;
