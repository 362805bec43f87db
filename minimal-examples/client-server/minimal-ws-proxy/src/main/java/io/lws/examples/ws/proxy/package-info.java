/** A ws client whose messages go to ws clients of one's own. The loops share the broadcast. */
@NullMarked
package io.lws.examples.ws.proxy;

import org.jspecify.annotations.NullMarked;
