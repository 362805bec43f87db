/** Compressed messages over an HTTP/2 stream, both ends. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.api.wsh2pmd;

import org.jspecify.annotations.NullMarked;
