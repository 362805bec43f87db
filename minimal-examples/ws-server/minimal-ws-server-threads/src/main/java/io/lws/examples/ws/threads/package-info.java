/** Threads that are not the loop's make messages for ws sessions. */
@NullMarked
package io.lws.examples.ws.threads;

import org.jspecify.annotations.NullMarked;
