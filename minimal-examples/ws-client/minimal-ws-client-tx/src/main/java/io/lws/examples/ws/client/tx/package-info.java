/** A ws client that sends what threads make. The ring is shared by these and the loop. */
@NullMarked
package io.lws.examples.ws.client.tx;

import org.jspecify.annotations.NullMarked;
