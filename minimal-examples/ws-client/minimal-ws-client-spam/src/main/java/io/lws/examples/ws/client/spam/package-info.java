/** Many short ws connections. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.ws.client.spam;

import org.jspecify.annotations.NullMarked;
