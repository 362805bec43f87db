/** A ws server that echoes. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.ws.echo;

import org.jspecify.annotations.NullMarked;
