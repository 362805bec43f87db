/** A sender that is held back by the credit of its HTTP/2 stream, and its receiver. Runs on the loops of the context. */
@NullMarked
package io.lws.examples.api.wsh2txcredit;

import org.jspecify.annotations.NullMarked;
