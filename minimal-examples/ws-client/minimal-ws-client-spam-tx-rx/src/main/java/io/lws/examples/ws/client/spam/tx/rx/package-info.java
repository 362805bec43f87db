/** Many ws connections that send and receive at once. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.ws.client.spam.tx.rx;

import org.jspecify.annotations.NullMarked;
