/**
 * Byte storage for a connection whose peer is slower than we are. Used from one loop thread; depends on {@code java.nio}
 * buffers only.
 */
@NullMarked
package io.lws.buffer;

import org.jspecify.annotations.NullMarked;
