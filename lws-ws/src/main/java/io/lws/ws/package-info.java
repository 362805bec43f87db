/**
 * WebSocket (RFC 6455): what a ws protocol is written against, and the sans-I/O half below it — frame parser and writer,
 * masking, UTF-8, handshake. Sessions, fragments and pools belong to one event loop; {@link io.lws.ws.WsMessage},
 * {@link io.lws.ws.WsLimits} and the codes are immutable and may be shared. The codecs here know no channel, no loop and
 * no session.
 */
@NullMarked
package io.lws.ws;

import org.jspecify.annotations.NullMarked;
