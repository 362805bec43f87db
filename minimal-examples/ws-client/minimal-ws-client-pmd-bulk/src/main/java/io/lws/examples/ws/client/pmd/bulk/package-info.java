/** A ws client that sends a long message compressed. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.ws.client.pmd.bulk;

import org.jspecify.annotations.NullMarked;
