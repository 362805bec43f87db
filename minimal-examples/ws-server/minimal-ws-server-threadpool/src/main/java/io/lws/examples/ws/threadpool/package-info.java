/** Slow work for ws sessions on threads of its own. A task belongs to its session and ends with it. */
@NullMarked
package io.lws.examples.ws.threadpool;

import org.jspecify.annotations.NullMarked;
