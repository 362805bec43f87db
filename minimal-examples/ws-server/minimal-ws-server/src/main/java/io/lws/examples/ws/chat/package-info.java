/** A ws chat. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.ws.chat;

import org.jspecify.annotations.NullMarked;
