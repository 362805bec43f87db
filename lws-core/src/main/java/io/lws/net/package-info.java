/**
 * Sockets and what stands on them: transports, listeners, and connections, each of which joins one transport below and
 * one role above. Everything belongs to the connection's loop thread unless it says otherwise. Names no role.
 */
@NullMarked
package io.lws.net;

import org.jspecify.annotations.NullMarked;
