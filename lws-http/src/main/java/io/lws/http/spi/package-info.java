/**
 * How another role takes over a connection that began as HTTP, without HTTP knowing it. Used on the connection's loop.
 */
@NullMarked
package io.lws.http.spi;

import org.jspecify.annotations.NullMarked;
