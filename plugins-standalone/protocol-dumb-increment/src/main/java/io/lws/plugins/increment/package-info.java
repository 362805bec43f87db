/** A counter for each WebSocket. Everything happens on the session's loop; nothing is shared. */
@NullMarked
package io.lws.plugins.increment;

import org.jspecify.annotations.NullMarked;
